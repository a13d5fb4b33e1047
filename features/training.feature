Feature: Training
  train goes over the training set `epochs` times, and for every sample makes a forward pass, a backward pass and an
  update. compute_accuracy says for how many samples the largest output stands at the right class. One step per sample,
  each of the same rate, is the article's choice.

  @training-1 @article-choice
  Scenario: One epoch of one sample is one step
    Given a network of sizes 7-6-5-4 with learning rate 0.5 and 1 epoch
    And known random weights
    When it is trained on 1 copy of a random sample
    Then its weights are those after 1 step

  @training-2 @article-choice
  Scenario: Every sample of the training set makes a step
    Given a network of sizes 7-6-5-4 with learning rate 0.5 and 1 epoch
    And known random weights
    When it is trained on 4 copies of a random sample
    Then its weights are those after 4 steps

  @training-3 @article-choice
  Scenario: Every epoch goes over the training set again
    Given a network of sizes 7-6-5-4 with learning rate 0.5 and 3 epochs
    And known random weights
    When it is trained on 2 copies of a random sample
    Then its weights are those after 6 steps

  @training-4 @article-choice
  Scenario: Every sample is visited once an epoch
    Each sample has a pixel of its own: the columns of W1 that move tell which samples were used.
    Given a network of sizes 11-6-5-4 with learning rate 0.0005 and 1 epoch
    And known random weights
    When it is trained on 11 samples that have a pixel each
    Then every sample has made one step

  @training-5 @article-choice
  Scenario: Images keep their own labels
    Given a network of sizes 11-6-5-4 with learning rate 0.0005 and 1 epoch
    And known random weights
    When it is trained on 11 samples that have a pixel each
    Then every sample was learnt with its own label

  @training-6
  Scenario: The validation set is never learnt
    Given a network of sizes 12-6-5-4 with learning rate 0.5 and 2 epochs
    And known random weights
    When it is trained on 6 samples and validated on 6 others that have a pixel each
    Then nothing was learnt from the validation samples

  @training-7
  Scenario: Training goes on from the weights that are there
    Given a network of sizes 7-6-5-4 with learning rate 1e-30 and 2 epochs
    And known random weights
    When it is trained on 3 copies of a random sample
    Then the weights are as they were

  @training-8 @by-chance @article-choice
  Scenario: Twenty images can be learnt by heart
    As many steps as it takes come from a step per sample; with batches 60 epochs may be too few.
    Given a network of sizes 784-32-16-10 with learning rate 0.5 and 60 epochs
    When it is trained on 20 images of MNIST
    Then it gets all 20 right

  @training-9
  Scenario Outline: The accuracy of known answers
    Given a network of sizes 4-4-4-4
    And weights that pass the largest pixel through to the output
    When the accuracy is computed on <n> samples of which <right> are right
    Then the accuracy is <accuracy>

    Examples:
      | n  | right | accuracy |
      | 8  | 5     | 0.625    |
      | 1  | 1     | 1        |
      | 40 | 27    | 0.675    |

  @training-10
  Scenario: The accuracy of a network that always answers the same
    A network whose answer is always class 0 is right for the samples of class 0 alone.
    Given a network of sizes 4-4-4-4
    And weights that always answer class 0
    When the accuracy is computed on 10 samples, 3 of class 0
    Then the accuracy is 0.3

  @training-11
  Scenario: Computing the accuracy changes nothing
    Given a network of sizes 7-6-5-4 with learning rate 0.5
    And known random weights
    When the accuracy is computed on random samples
    Then the weights are as they were

  @training-12 @article-choice
  Scenario: The learning rate stays what it was
    Given a network of sizes 7-6-5-4 with learning rate 0.5 and 3 epochs
    And known random weights
    When it is trained on 2 copies of a random sample
    Then its learning rate is 0.5

  @training-13
  Scenario: The training and validation sets are not changed
    Given a network of sizes 11-6-5-4 with learning rate 0.0005 and 1 epoch
    And known random weights
    When it is trained on 11 samples that have a pixel each
    Then the arguments are as they were

  @training-14
  Scenario: The accuracy is that of the samples that are asked about, also after training
    Given a network of sizes 4-4-4-4 with learning rate 1e-30 and 1 epoch
    And weights that pass the largest pixel through to the output
    When it is trained on 4 samples that have a pixel each
    And the accuracy is computed on 8 samples of which 5 are right
    Then the accuracy is 0.625

  @training-15 @article-choice
  Scenario: The twelfth epoch is as long as the first
    Given a network of sizes 7-6-5-4 with learning rate 0.5 and 12 epochs
    And known random weights
    When it is trained on 1 copy of a random sample
    Then its weights are those after 12 steps

  @training-16 @article-choice
  Scenario: No epoch is left out, however the validation goes
    The more the network learns of the sample, the less it finds the label that the validation set has for it.
    Given a network of sizes 7-6-5-4 with learning rate 0.05 and 100 epochs
    And known random weights
    When it is trained on 1 copy of a random sample and validated on it under another label
    Then its weights are those after 100 steps

  @training-17
  Scenario: A large training set is used to its end
    The blank samples have no pixel, so only the others can move W1.
    Given a network of sizes 12-6-5-4 with learning rate 0.05 and 1 epoch
    And known random weights
    When it is trained on 1500 blank samples and 12 that have a pixel each
    Then each of the 12 pixels has moved its weights

  @training-18
  Scenario: The weights of an image move against its own gradient
    Each sample has a pixel of its own, so its column of W1 moves by its own gradients alone. However many samples make
    a step together, and at whatever rate, the direction is that of backward_pass for this sample and its label.
    Given a network of sizes 11-6-5-4 with learning rate 0.0005 and 1 epoch
    And known random weights
    When it is trained on 11 samples that have a pixel each, after backward_pass was asked about each
    Then every sample's column of W1 has moved against its own gradient

  @training-19
  Scenario: The accuracy is that of the outputs of forward_pass
    Given a network of sizes 12-9-8-6
    And random weights with which the answers differ from sample to sample
    When the accuracy is computed on 60 random samples, each labelled with the network's own answer
    Then the accuracy is 1
