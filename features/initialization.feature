Feature: Initialization
  A new network has three weight matrices of random numbers. A matrix has a row for each unit of its own layer and a
  column for each unit of the layer before, so that W @ a works.

  @initialization-1
  Scenario: The weights of the article's network have these shapes
    Given a network of sizes 784-128-64-10
    Then W1 has 128 rows and 784 columns
    And W2 has 64 rows and 128 columns
    And W3 has 10 rows and 64 columns

  @initialization-2
  Scenario: Other widths give other shapes
    Given a network of sizes 20-11-7-5
    Then W1 has 11 rows and 20 columns
    And W2 has 7 rows and 11 columns
    And W3 has 5 rows and 7 columns

  @initialization-3 @article-choice
  Scenario: initialization returns the weights under the names W1, W2 and W3
    The names are the article's choice.
    Given a network of sizes 20-11-7-5
    When initialization is called
    Then it returns W1, W2 and W3 with the shapes of the network

  @initialization-4 @article-choice
  Scenario: A network keeps what it was made with
    The names of the three attributes are the article's choice.
    Given a network of sizes 20-11-7-5 with learning rate 0.25 and 3 epochs
    Then its sizes are 20-11-7-5
    And its learning rate is 0.25
    And it trains for 3 epochs

  @initialization-5 @article-choice
  Scenario: Ten epochs and a learning rate of 0.001 unless said otherwise
    The two numbers are the article's choice.
    Given a network of sizes 20-11-7-5 and nothing else
    Then its learning rate is 0.001
    And it trains for 10 epochs

  @initialization-6 @article-choice
  Scenario: Positive and negative weights balance
    A distribution around zero is the article's choice. The bound is 7 standard errors of the mean: a right network fails it less than once in 10^10 runs.
    Given a network of sizes 784-128-64-10
    Then each weight matrix has mean zero, within 7 standard errors

  @initialization-7 @article-choice
  Scenario: The weights are scaled by the square root of 1 / rows
    The scale is the article's choice. It keeps the inputs of the next layer in the range in which the sigmoid is
    steep. The bound is 7 standard errors: a right network fails it once in 10^11 runs.
    Given a network of sizes 784-128-64-10
    Then the standard deviation of W1 is 0.088388, within 7 standard errors
    And the standard deviation of W2 is 0.125, within 7 standard errors
    And the standard deviation of W3 is 0.316228, within 7 standard errors

  @initialization-8
  Scenario: Every unit starts differently
    Units with the same weights would get the same gradients and stay the same for ever.
    Given a network of sizes 784-128-64-10
    Then no two rows of a weight matrix are the same

  @initialization-9 @article-choice
  Scenario: Two networks start differently
    Weights that are drawn anew for each network are the article's choice.
    Given a network of sizes 20-11-7-5
    And another network of sizes 20-11-7-5
    Then the two networks have different weights

  @initialization-10
  Scenario: Two networks share no memory
    Given a network of sizes 20-11-7-5
    And another network of sizes 20-11-7-5
    When the weights of the first are set to zero
    Then the weights of the second are as they were

  @initialization-11 @article-choice
  Scenario: A new network leaves the global random generators alone
    Seeding them inside the class would make other people's random numbers repeat. Who draws from them is the article's
    choice.
    When random numbers are drawn after a new network of sizes 20-11-7-5, from two different seeds
    Then the random numbers differ
