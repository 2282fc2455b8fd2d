#!/bin/sh
# 制作离线安装包：make offline。全部依赖的 wheel（x86-64 和 arm64，按 requirements.txt 核对哈希）、安装脚本、服务和代理示例。
# MACHINES="x86_64" 只取一种处理器的。
set -eu
python=${1:-.venv/bin/python}
version=$("$python" -c 'from importlib.metadata import version; print(version("yisong"))')
out=build/offline/yisong-$version
rm -rf "$out"
mkdir -p "$out/wheels" "$out/docs"
"$python" -m hatchling build -t wheel -d "$out/wheels" >/dev/null
# 目标主机的 Python 3.11 可以是任何修订版（Debian 12 是 3.11.2）：只有较早修订版才要的包也带上。
sed "s/ ; python_full_version < '3\.11\.[0-9]*'//" requirements.txt >build/offline/every.txt
for machine in ${MACHINES:-x86_64 aarch64}; do
    for file in requirements-pip.txt build/offline/every.txt; do
        "$python" -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary=:all: \
            --implementation cp --platform "manylinux2014_$machine" --platform "manylinux_2_17_$machine" \
            --platform "manylinux_2_28_$machine" -d "$out/wheels" -r "$file"
    done
done
cp requirements.txt requirements-pip.txt deploy/install.sh "$out/"
cp -r deploy "$out/deploy"
cp docs/operations.md LICENSE "$out/docs/"
(cd "$out" && find . -type f ! -name SHA256SUMS | sort | xargs sha256sum >SHA256SUMS)
tar -C build/offline -czf "build/offline/yisong-$version-offline.tar.gz" "yisong-$version"
echo "build/offline/yisong-$version-offline.tar.gz"
