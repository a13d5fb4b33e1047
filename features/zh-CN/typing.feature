# language: zh-CN
功能: 类型标注
  类型说明输入什么、输出什么。mypy 读取类型标注，在代码运行之前就能找出错误。

  @typing-1 @source @types
  场景: 每个函数都写了类型，而且写得对
    NumPy 自带的类型信息所不知道的不算错误，例如 e / e.sum() 或 float32 / 255。

    那么 mypy 在模块中没有发现缺少的类型，也没有发现错误的类型

  @typing-2 @source @types
  场景: 模块符合契约的要求
    那么 模块符合契约中的各个协议

  @typing-3 @source
  场景: 没有任何代码避开 mypy
    那么 没有源文件让 mypy 跳过检查
