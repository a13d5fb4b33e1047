Feature: Preprocessing
  Images and labels become what the network can learn from: pixels as numbers between 0 and 1, one image per row,
  and each label as a row of ten numbers of which one is 1 (one-hot). The scale and the coding are the article's choice.

  @preprocessing-1
  Scenario: Images of 28×28 pixels become rows of 784
    Given 3 images of shape 28×28 as uint8
    When they are preprocessed
    Then x has the shape 3×784

  @preprocessing-2
  Scenario: Images that are rows of 784 already stay rows
    Given 3 images of shape 784 as float64
    When they are preprocessed
    Then x has the shape 3×784

  @preprocessing-3 @article-choice
  Scenario: The pixels are float32 numbers from 0 to 1
    Given 3 images of shape 784 as uint8
    When they are preprocessed
    Then x is of dtype float32
    And every element of x lies between 0 and 1

  @preprocessing-4 @article-choice
  Scenario: Every grey level is divided by 255
    Given 1 images of shape 784 as uint8
    And the image starts with the grey levels 0, 1, 51, 128, 254, 255
    When they are preprocessed
    Then x starts with the numbers 0, 0.003921569, 0.2, 0.5019608, 0.9960784, 1

  @preprocessing-5 @article-choice
  Scenario Outline: Every pixel keeps its place and its grey level
    Given 4 images of shape <shape> as <dtype>
    When they are preprocessed
    Then row by row x holds the grey levels of the images, divided by 255

    Examples:
      | shape | dtype   |
      | 28×28 | uint8   |
      | 784   | float64 |

  @preprocessing-6 @article-choice
  Scenario: Labels become one-hot rows
    Given 3 images of shape 784 as uint8
    And the labels 5, 0, 9
    When they are preprocessed
    Then y is
      | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 |
      | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
      | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 |

  @preprocessing-7 @article-choice
  Scenario: Labels may be texts, as OpenML has them
    Given 3 images of shape 784 as uint8
    And the labels 5, 0, 9 as texts
    When they are preprocessed
    Then y is
      | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 |
      | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
      | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 |

  @preprocessing-8 @article-choice
  Scenario: There are ten columns even where not every digit occurs
    Given 2 images of shape 784 as uint8
    And the labels 1, 3
    When they are preprocessed
    Then y is
      | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
      | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |

  @preprocessing-9
  Scenario Outline: The images and labels that were handed in are not changed
    Given 3 images of shape 784 as <dtype>
    When they are preprocessed
    Then the arguments are as they were

    Examples:
      | dtype   |
      | uint8   |
      | float64 |

  @preprocessing-10 @article-choice
  Scenario: Dark images are divided by 255 too
    White is 255, whether or not a pixel is white.
    Given 3 images of shape 784 as uint8
    And no pixel is brighter than 100
    When they are preprocessed
    Then row by row x holds the grey levels of the images, divided by 255
