# language: zh-CN
功能: 激活函数
  隐藏层用 sigmoid 函数 σ(z) = 1 / (1 + e^-z)；输出层用 softmax 函数，它把任意一组数变成概率。
  反向传播（backward_pass）还要用到 sigmoid 的导数；`derivative=True` 时传入的是进入 sigmoid 之前的 z，
  而不是它的输出，这是文章的选择。

  背景:
    假如 一个各层宽度为 7-6-5-4 的网络

  @activations-1
  场景: sigmoid 在几个点上的值
    当 对 -2, -1, 0, 1, 2 求 sigmoid
    那么 结果为 0.1192029220, 0.2689414214, 0.5, 0.7310585786, 0.8807970780

  @activations-2
  场景: sigmoid 具有对称性：σ(-z) = 1 - σ(z)
    当 对一组随机数及其相反数分别求 sigmoid
    那么 两个结果之和为 1

  @activations-3 @article-choice
  场景: sigmoid 的导数在几个点上的值，自变量是输入 sigmoid 的 z
    当 对 -2, -1, 0, 1, 2 求 sigmoid 的导数
    那么 结果为 0.1049935854, 0.1966119332, 0.25, 0.1966119332, 0.1049935854

  @activations-4 @article-choice
  场景: 导数处处等于 sigmoid 的斜率
    当 对一组随机数求 sigmoid 的导数
    那么 结果等于用复步微分法求得的 sigmoid 的斜率

  @activations-5
  场景大纲: 对绝对值很大的数，sigmoid 也能算对
    当 以 <类型> 类型对 -1000, 0, 1000 求 sigmoid
    那么 结果为 0, 0.5, 1

    例子:
      | 类型    |
      | float32 |
      | float64 |

  @activations-6 @article-choice
  场景大纲: 对绝对值很大的数，导数也能算对
    当 以 <类型> 类型对 -1000, 0, 1000 求 sigmoid 的导数
    那么 结果为 0, 0.25, 0

    例子:
      | 类型    |
      | float32 |
      | float64 |

  @activations-7
  场景大纲: sigmoid 不改变数组的形状
    当 对形状为 <形状> 的全零数组求 sigmoid
    那么 结果的形状为 <形状>

    例子:
      | 形状 |
      | 5    |
      | 3×4  |

  @activations-8
  场景: softmax 的一组值（输入是 1、2、3 的自然对数）
    当 对 0, 0.6931471806, 1.0986122887 求 softmax
    那么 结果为 0.1666666667, 0.3333333333, 0.5

  @activations-9
  场景: softmax 的结果是一组概率
    当 对一组随机数求 softmax
    那么 结果的每个元素都是正数
    而且 结果的各元素之和为 1

  @activations-10
  场景: 所有输入加上同一个数，softmax 的结果不变
    当 对一组随机数求 softmax，各数加 3 之后再求一次
    那么 两个结果相同

  @activations-11
  场景大纲: 对绝对值很大的数，softmax 也能算对
    当 以 <类型> 类型对 <数> 求 softmax
    那么 结果为 <结果>

    例子:
      | 数                 | 类型    | 结果         |
      | 1000, 0            | float64 | 1, 0         |
      | 1000, 0            | float32 | 1, 0         |
      | -1000, -1000, 1000 | float64 | 0, 0, 1      |
      | -1000, -1000       | float64 | 0.5, 0.5     |

  @activations-12
  场景大纲: 传入的数组不被改动
    当 对 0.5, -1, 2 求 <函数>
    那么 传入的参数保持不变

    例子:
      | 函数    |
      | sigmoid |
      | softmax |

  @activations-13 @article-choice @warnings
  场景: 绝对值很大的数不产生警告
    e^1000 超出了浮点数的范围：即使结果仍然正确，NumPy 也会发出警告。文章要求采用不会溢出的写法。
    当 以 float32 和 float64 类型对 -1000, 0, 1000 求 sigmoid、它的导数和 softmax
    那么 没有产生任何警告

  @activations-14 @article-choice
  场景大纲: 求导数不改变数组的形状，也不改动传入的数组
    用 sigmoid 的第二个参数来要求它给出导数，是文章的选择。
    当 对形状为 <形状> 的全零数组求 sigmoid 的导数
    那么 结果的形状为 <形状>
    而且 传入的参数保持不变

    例子:
      | 形状 |
      | 5    |
      | 3×4  |
