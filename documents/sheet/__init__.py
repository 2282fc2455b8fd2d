"""What every drafted template is made of: the sheet, its styles, blocks and standing phrases.

May import the rooms `values`, `facts` and `templates`.
"""
