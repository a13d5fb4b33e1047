Feature: Activations
  The hidden layers use the sigmoid σ(z) = 1 / (1 + e^-z), the output layer the softmax, which turns a vector of any
  numbers into probabilities. backward_pass needs the derivative of the sigmoid as well; that `derivative=True` takes
  the z that went into the sigmoid, and not the activation that came out, is the article's choice.

  Background:
    Given a network of sizes 7-6-5-4

  @activations-1
  Scenario: The sigmoid has these values
    When sigmoid is applied to -2, -1, 0, 1, 2
    Then the result is 0.1192029220, 0.2689414214, 0.5, 0.7310585786, 0.8807970780

  @activations-2
  Scenario: The sigmoid is symmetric, so that σ(-z) = 1 - σ(z)
    When sigmoid is applied to random numbers and to their negatives
    Then the two results add up to 1

  @activations-3 @article-choice
  Scenario: The derivative of the sigmoid has these values, for the z that went into the sigmoid
    When the derivative of sigmoid is applied to -2, -1, 0, 1, 2
    Then the result is 0.1049935854, 0.1966119332, 0.25, 0.1966119332, 0.1049935854

  @activations-4 @article-choice
  Scenario: The derivative is the slope of the sigmoid everywhere
    When the derivative of sigmoid is applied to random numbers
    Then the result is the slope of the sigmoid, found by a complex step

  @activations-5
  Scenario Outline: The sigmoid is right for very large numbers
    When sigmoid is applied to -1000, 0, 1000 as <dtype>
    Then the result is 0, 0.5, 1

    Examples:
      | dtype   |
      | float32 |
      | float64 |

  @activations-6 @article-choice
  Scenario Outline: The derivative is right for very large numbers
    When the derivative of sigmoid is applied to -1000, 0, 1000 as <dtype>
    Then the result is 0, 0.25, 0

    Examples:
      | dtype   |
      | float32 |
      | float64 |

  @activations-7
  Scenario Outline: The sigmoid keeps the shape
    When sigmoid is applied to zeros of shape <shape>
    Then the result has the shape <shape>

    Examples:
      | shape |
      | 5     |
      | 3×4   |

  @activations-8
  Scenario: The softmax has these values (the inputs are the logarithms of 1, 2 and 3)
    When softmax is applied to 0, 0.6931471806, 1.0986122887
    Then the result is 0.1666666667, 0.3333333333, 0.5

  @activations-9
  Scenario: The softmax gives probabilities
    When softmax is applied to random numbers
    Then every element of the result is positive
    And the result sums to 1

  @activations-10
  Scenario: Adding the same number to every input leaves the softmax as it is
    When softmax is applied to random numbers and to the same numbers plus 3
    Then the two results are the same

  @activations-11
  Scenario Outline: The softmax is right for very large numbers
    When softmax is applied to <numbers> as <dtype>
    Then the result is <result>

    Examples:
      | numbers            | dtype   | result       |
      | 1000, 0            | float64 | 1, 0         |
      | 1000, 0            | float32 | 1, 0         |
      | -1000, -1000, 1000 | float64 | 0, 0, 1      |
      | -1000, -1000       | float64 | 0.5, 0.5     |

  @activations-12
  Scenario Outline: The argument is not changed
    When <function> is applied to 0.5, -1, 2
    Then the arguments are as they were

    Examples:
      | function |
      | sigmoid  |
      | softmax  |

  @activations-13 @article-choice @warnings
  Scenario: Very large numbers raise no warning
    e^1000 is more than a float can hold: NumPy warns, although the result may still be right. The article asks for a
    form in which nothing overflows.
    When sigmoid, its derivative and softmax are applied to -1000, 0, 1000 as float32 and as float64
    Then no warning was raised

  @activations-14 @article-choice
  Scenario Outline: The derivative keeps the shape and leaves its argument alone
    That sigmoid gives the derivative too, as a second argument asks for it, is the article's choice.
    When the derivative of sigmoid is applied to zeros of shape <shape>
    Then the result has the shape <shape>
    And the arguments are as they were

    Examples:
      | shape |
      | 5     |
      | 3×4   |
