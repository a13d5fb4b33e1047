Feature: From scratch
  The network is written with Python and NumPy alone: no machine-learning library does the work.

  @from-scratch-1 @source
  Scenario: The source imports the standard library and NumPy alone
    What counts is what an import of the file loads. An import under the main guard, in a function that draws, or in a try
    that goes on without it is none of the network's business. typing_extensions is the typing of a later Python.
    Then the source files import nothing but the standard library and NumPy

  @from-scratch-2
  Scenario: The running code has loaded nothing else
    A method that raises, hangs or ends the process is the business of other clauses.
    When the code has run
    Then no module is loaded but those of the standard library and NumPy

  @from-scratch-3 @source
  Scenario: No module is imported by a name made up at run time
    Then the source files call no import function
