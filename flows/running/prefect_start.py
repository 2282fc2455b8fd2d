"""Where the process of a Prefect server begins: it loads first, and collects garbage afterwards.

What is loaded stays; to look through it again and again takes a quarter of the time.
"""

import gc
import importlib

if __name__ == "__main__":
    gc.disable()
    importlib.import_module("flows.running.prefect_child").main()
