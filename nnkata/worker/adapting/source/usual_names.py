"""The usual names of arguments and functions: they set the order of trying and prove nothing."""

import re

#: The usual names of penalties on weights, and of decays of the rate.
DECAYS = (
    r"reg|reg_?\w+|\w+_reg|regulari[sz]\w+|lam|lamb_?da\w*|lambd\w*|lmb?da?\w*"
    r"|l[12]_?(reg|pen|lam|dec|coef|str)\w*|(\w+_?)?decay"
)
#: The role of a parameter by its name; the first match counts.
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.I))
    for role, pattern in (
        ("classes", r"^(n|num|nb|number_?of)_?(outputs?|class(es)?|labels)$"),
        ("depth", r"^(n|num|nb|number_?of)_?layers$|^layers?_?(count|num(ber)?|amount)$"),
        ("function", r"^(\w*activation\w*(f\w*|func\w*)?|act|act_?f\w*|\w*_?func(tion)?|f)$"),
        ("rate", r"^(lr|learning_?rate|l_?rate|lr_?rate|alpha|eta|rate|step_?size|learn_?rate|learning_?speed|a)$"),
        (
            "epochs",
            r"^(n_?)?(epoc(h?s?|hes)|iterations?|iters?|(num|nb|no|number_?of)_?epochs?|num_?iter\w*|n_?iter\w*|max_?(iter|epochs?)\w*|(train|training|learning)_?(epochs?|iterations?|iters?|steps)|steps)$",
        ),
        ("batch", r"^(mini_?)?batch_?(size)?$|^bs$"),
        ("evaluating", r"^(is_?)?(test(ing)?|test_mode|eval(uate|uating)?|eval_mode|infer(ence)?)$"),
        (
            "flag",
            r"^(is_?)?(train(ing)?|train_mode|verbose|print\w*|debug|shuffle|plot|show\w*|log\w*|display\w*)$",
        ),
        (
            "decay",
            rf"^({DECAYS}|l2|l1|momentum|beta)$",
        ),
        (
            "count",
            r"^(m|n|[mn]_(train|samples?|examples?|data)|(m|n|num)_?batch|batch_?(m|n|len)|n_?samples|num_?samples|size|n_?examples|num_?examples|data_?(size|len\w*)|n_?data|train_?size)$",
        ),
        (
            "pair",
            r"^(mini_?batch|training_?data|train_?data|batch_?data|train_?set|training_?set|dataset|data_?pairs)$",
        ),
        (
            "gradient",
            r"^(d|grads?|gradients?|nabla|delta)_?(w|b|weights?|bias(es)?)_?(\d+|[ih]?[ho]?|out\w*|hid\w*)$"
            r"|^(w|b|weights?|bias(es)?)_?\d*_?(grads?|gradients?|deltas?)$"
            r"|^(deltas|derivatives|partials)$|^(der|derivatives?|deltas?|partials?)_(partials?|values|list|derivatives?|weights?|bias(es)?)$",
        ),
        ("loss", r"^(loss|cost|error|err)_?(f|fn|func|function|obj|object|class)$|^criterion$"),
        (
            "error",
            r"^(d?grad(ient)?s?|d?_?loss\w*|d_?out\w*|d_?values?|error|delta|dy|d[az]_?\w*|output_?(error|grad\w*)|err|loss_?grad\w*|upstream\w*|grad_?\w+|dvalues|dL\w*|d[a-z]{1,4}_?d[a-z]\w*)$",
        ),
        (
            "output",
            r"^(y_?hat\w*|\w*pred\w*|y_?p|outputs?|out|probs?|probabilit\w+|a_?l|al|a_?out\w*|yhat|p|scores|logits|o|results?|activations?_?out|softmax_?out\w*|final_?\w+|a_?last)$",
        ),
        (
            "label",
            r"^(y|ys|y_?\w*|l|lbls?|labels?\w*|targets?\w*|t|true\w*|expected\w*|desired\w*|\w*one_?hot\w*|yb|batch_?y\w*|ground_?truth|actual|answers?|correct\w*|train(ing)?_?(y|labels?|outputs?|targets?))$",
        ),
        (
            "cache",
            r"^(cache\w*|memory|forward_?\w*|intermediates?|store\w*|activations?|layers?_?outputs?|values|zs|acts)$",
        ),
        ("architecture", r"^(nn_?|net_?|network_?)?(architecture|arch)$"),
        (
            "params",
            r"^(param(s|et\w*)?|params?_values|(\w+_)?(net|network|model|params|parameters)|theta|weights_?and_?biases|"
            r"[acdf]{0,2}nn|mlp|parms)$",
        ),
        (
            "input",
            r"^(x|xs|x_?\w*|\w*inputs?\w*|data|images?|imgs?|features?|a_?0|a_in|a_prev|samples?|batch_?x\w*|train_?data|(train(ing)?|test(ing)?|val(id(ation)?)?)_?(x|images?|samples?|examples?|features?)|a|pixels|vec\w*|matrix|z|feature_?\w+|\w+_x)$",
        ),
        (
            "index",
            r"^(i|j|idx|index|iter(ation)?|epoch|epoch_?(num|idx|no|i)|counter|global_?step|(cur(rent)?|this)_?(point|index|idx|i|step|iter(ation)?|sample|epoch|batch))$",
        ),
    )
)

FORWARD = re.compile(
    r"^_*(forward\w*|full_forward\w*|feed|feed_?forward\w*|predict_?proba\w*|propagate\w*|fprop|__call__|compute_?output\w*|f(eed)?_?prop\w*|"
    r"run|think|evaluate|sequential|model|inference|infer|predict\w*|activate|query|output|nn_?forward\w*|L_model_forward|calc\w*|scores?|logits|net_?output|get_?output\w*|test)$",
    re.I,
)
BACKWARD = re.compile(
    r"back|grad|bprop|\bbp|update|apply|change|adjust|step|train|fit|learn|optimi[sz]e|sgd|loss|cost|descent|backprop",
    re.I,
)
#: Names of functions that take differences of the loss, by which an author checks the way back: they are none.
NUMERIC = re.compile(r"numeric|num_?(grad|diff)|finite|approx|grad\w*_?check|check\w*_?grad", re.I)
#: Names of a step with stored gradients.
UPDATE = re.compile(r"update|apply|step|optimi[sz]e|change|adjust|descent", re.I)
TRAIN = re.compile(
    r"^(train|fit|sgd|gradient_descent\w*|learn|train_?(network|model|nn|loop|net)?|optimi[sz]e|mini_?batch\w*|stochastic\w*)$",
    re.I,
)
PREDICT = re.compile(r"^(predict\w*|classify|get_?predictions?|get_?pred\w*|guess|infer\w*)$", re.I)
ACCURACY = re.compile(r"^(\w*accuracy\w*|evaluate\w*|score|test\w*|acc)$", re.I)
#: Methods that make the weights, beside the constructor.
STARTS = re.compile(
    r"_*(init|initiali[sz]e|build|setup|compile)(_?(weights?|params|parameters|network|layers))?_*$", re.I
)
INIT = re.compile(r"init|param|weight|create|build|make|setup|new|model", re.I)
RATE = re.compile(r"^(self_?)?(lr|learning_?rate|l_?rate|lr_?rate|eta|alpha|rate|learn_?rate|step_?size)$", re.I)

#: Words for a gradient in a name.
GRADIENTS = ("gradients", "gradient", "grads", "grad", "nabla", "delta")

#: The usual names of a list of all widths.
LISTS = (
    r"^(\w*sizes|layers?|layer_?(sizes|units"
    r"|dims?|dimensions|config\w*|nodes|list|structure|counts?|widths?)|dims?|dimensions|architecture|topology|structure|shape|units|layers_dim\w*|neurons|arch|nodes|net_?arch\w*)$"
)
#: The usual names of sizes in a constructor, and their values: MNIST's, and a small hidden layer.
SIZES: tuple[tuple[str, str], ...] = (
    # everything beside the gradients is off; a rate that is multiplied by a decay of its own stays
    (r"^(lr|learning_?rate|rate|eta|alpha)_?decay", "1.0|0.0"),
    (rf"^({DECAYS})$", "0.0"),
    (r"^(momentum|mom|(p_)?drop_?out\w*|drop_?(rate|prob\w*|p))$", "0.0"),
    (r"^(p_)?keep_?prob\w*$", "1.0"),
    (r"^(n|num|nb|number_?(of)?)_?layers$|^(depth|layers?_?(num|number))$", "2|1|3"),
    (
        r"^(n_?)?(hidden\w*(layers|sizes|dims|units_list)|hidden)$|^hidden_?(layer_?)?(sizes|dims|layers|units)$",
        "[24]|24",
    ),
    (
        LISTS,
        "[784, 24, 10]|[784, 24, 16, 10]",
    ),
    (
        r"^(n_?|num_?|size_?)?(in(put)?s?|x|features?|d_in|nx|pixels|inp(ut)?_\w+|in_\w+|n_in|features_\w+|image_?size|D|n_input\w*|n_0|n_x|num_inputs|n_features|inodes|inputnodes)$",
        "784",
    ),
    (
        r"^(n_?|num_?|size_?)?(out(put)?s?|y|classes|d_out|ny|output_\w+|out_\w+|n_out|num_?class\w*|n_?class\w*|K|C|n_output\w*|n_y|labels|onodes|outputnodes|num_outputs)$",
        "10",
    ),
    # of the hidden layers, their width or their number
    (r"^(n|num|nb|number(_of)?)_?hid(den)?(_?layers?)?$", "24|1|[24]"),
    (r"hid|h_?dims?$|^h\d*$|^n_?h|middle|units|neurons|nodes|^n_?\d$|^l\d", "24|[24]"),
    (r"^(seed|random_?(state|seed)|rng_?seed|\w*seed)$", "0"),
    (r"^(cfg|config(uration)?|options|settings|hparams|hyper_?param\w*)$", "{}"),
    (r"^(out(put)?|last|final)_?(layer_?)?(activation|act|nonlinearity)\w*$", "'softmax'|'sigmoid'"),
)


def role(name: str) -> str:
    """The likeliest role of an argument of that name; `unknown` for any other name."""
    return next((role for role, pattern in ROLES if pattern.match(name)), "unknown")


def key_of(text: str) -> str:
    """The last name without the words for a gradient: `g['dW1']` and `net.W1` have the same."""
    last = "".join(c if c.isalnum() else " " for c in text).split()
    if len(last) > 1 and last[-1] in GRADIENTS and last[-2].isidentifier():  # W_grad
        last.pop()
    name = "".join(last[-1:] if not (last and last[-1].isdigit()) else last[-2:]).lower()
    for word in (*GRADIENTS, "d"):
        name = name.removeprefix(word) if name != word else name
    return name.replace("weights", "w").replace("weight", "w").replace("biases", "b").replace("bias", "b")
