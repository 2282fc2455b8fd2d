#!/bin/sh
# 离线安装：sh install.sh [目录]，默认 /opt/yisong。不连接网络；需要 Linux 和制作安装包时所用版本的 Python。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place=${1:-/opt/yisong}
python=${PYTHON:-python3}
pip() {
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" "$@"
}
"$python" -m venv "$place"
pip --require-hashes -r "$here/requirements-pip.txt"
pip --require-hashes -r "$here/requirements.txt"
pip --no-deps "$here"/wheels/yisong-*.whl
"$place/bin/yisong" --version
echo "已安装到 $place。下一步见 docs/operations.md：建立配置目录（yisong example），yisong init，启用 deploy/systemd 中的服务。"
