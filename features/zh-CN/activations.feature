# language: zh-CN
功能: 激活函数
  隐藏层使用 sigmoid：σ(z) = 1 / (1 + e^-z)；输出层使用 softmax，它把任意一组数变成概率。
  backward_pass 还需要 sigmoid 的导数。

  背景:
    假如一个各层宽度为 7-6-5-4 的网络

  @activations-1
  场景: sigmoid 取这些值
    当对 -2, -1, 0, 1, 2 计算 sigmoid
    那么结果为 0.1192029220, 0.2689414214, 0.5, 0.7310585786, 0.8807970780

  @activations-2
  场景: sigmoid 是对称的，即 σ(-z) = 1 - σ(z)
    当对一组随机数及其相反数计算 sigmoid
    那么两个结果之和为 1

  @activations-3
  场景: sigmoid 的导数取这些值，自变量是进入 sigmoid 的那个 z
    当对 -2, -1, 0, 1, 2 计算 sigmoid 的导数
    那么结果为 0.1049935854, 0.1966119332, 0.25, 0.1966119332, 0.1049935854

  @activations-4
  场景: 导数处处等于 sigmoid 的斜率
    当对一组随机数计算 sigmoid 的导数
    那么结果等于用复数步长法求得的 sigmoid 的斜率

  @activations-5
  场景大纲: sigmoid 对绝对值很大的数也正确，而且不产生警告
    当对类型为 <dtype> 的 -1000, 0, 1000 计算 sigmoid
    那么结果为 0, 0.5, 1
    而且没有产生任何警告

    例子:
      | dtype   |
      | float32 |
      | float64 |

  @activations-6
  场景大纲: 导数对绝对值很大的数也正确，而且不产生警告
    当对类型为 <dtype> 的 -1000, 0, 1000 计算 sigmoid 的导数
    那么结果为 0, 0.25, 0
    而且没有产生任何警告

    例子:
      | dtype   |
      | float32 |
      | float64 |

  @activations-7
  场景大纲: sigmoid 及其导数保持形状不变
    当对形状为 <shape> 的全零数组计算 sigmoid 及其导数
    那么两个结果的形状都为 <shape>

    例子:
      | shape |
      | 5     |
      | 3×4   |

  @activations-8
  场景: softmax 取这些值（输入是 1、2、3 的对数）
    当对 0, 0.6931471806, 1.0986122887 计算 softmax
    那么结果为 0.1666666667, 0.3333333333, 0.5

  @activations-9
  场景: softmax 给出概率
    当对一组随机数计算 softmax
    那么结果的每个元素都为正
    而且结果之和为 1

  @activations-10
  场景: 每个输入都加上同一个数，softmax 不变
    当对一组随机数以及每个数加 3 后的结果计算 softmax
    那么两个结果相同

  @activations-11
  场景大纲: softmax 对绝对值很大的数也正确，而且不产生警告
    当对类型为 <dtype> 的 <numbers> 计算 softmax
    那么结果为 <result>
    而且没有产生任何警告

    例子:
      | numbers            | dtype   | result       |
      | 1000, 0            | float64 | 1, 0         |
      | 1000, 0            | float32 | 1, 0         |
      | -1000, -1000, 1000 | float64 | 0, 0, 1      |
      | -1000, -1000       | float64 | 0.5, 0.5     |

  @activations-12
  场景大纲: 自变量不被改动
    当对 0.5, -1, 2 计算 <function>
    那么传入的参数保持原样

    例子:
      | function                  |
      | sigmoid                   |
      | sigmoid 的导数             |
      | softmax                   |
