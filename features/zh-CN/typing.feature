# language: zh-CN
功能: 类型标注
  类型说明输入什么、输出什么。mypy 读取类型标注，在代码运行之前就能找出错误。

  @typing-1 @source @types
  场景: mypy --strict 没有发现问题
    那么 mypy 的严格模式在模块中没有发现错误

  @typing-2 @source @types
  场景: 模块符合契约的要求
    那么 模块符合契约中的各个协议

  @typing-3 @source
  场景: 没有一行代码避开 mypy
    那么 源文件中没有让 mypy 跳过检查的注释
