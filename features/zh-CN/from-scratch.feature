# language: zh-CN
功能: 从零实现
  网络只用 Python 和 NumPy 写成，不靠任何机器学习库代劳。

  @from-scratch-1 @source
  场景: 源代码只导入标准库和 NumPy
    只看导入这个文件时会加载什么。写在主程序判断之下、画图的函数里，或者写在失败后照样继续的 try 里的导入，都与网络无关。typing_extensions 就是更高版本 Python 的 typing，可以使用。
    那么 源文件只导入标准库和 NumPy

  @from-scratch-2
  场景: 运行中的代码也没有加载别的库
    方法抛出异常、卡住不返回或者结束进程，由别的条款负责。
    当 代码运行过之后
    那么 除标准库和 NumPy 的模块之外，没有加载任何模块

  @from-scratch-3 @source
  场景: 不在运行时拼出名称来导入模块
    那么 源文件没有调用任何导入函数
