# language: zh-CN
功能: 从零开始
  网络只用 Python 和 NumPy 写成：没有机器学习库代劳。

  @from-scratch-1
  场景: 源代码只导入标准库和 NumPy
    那么源文件只导入标准库和 NumPy

  @from-scratch-2
  场景: 运行的代码没有加载别的东西
    当代码已经运行过
    那么除标准库和 NumPy 的模块之外没有加载别的模块

  @from-scratch-3
  场景: 没有用运行时拼出的名字导入模块
    那么源文件没有调用任何导入函数
