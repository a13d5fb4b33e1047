// Answers nnkata's questions for a network in JavaScript: a line of JSON each way (docs/protocol.md).
//
// Keep it beside your network, and end that with `serve({ DeepNeuralNetwork, preprocess })`. What the network prints
// with console.log would stand among the answers, so it goes to the standard error instead.
"use strict";

const readline = require("node:readline");
const { Console } = require("node:console");

/** An array of any shape: its numbers row by row in a typed array, or texts in a plain one. */
class NdArray {
  constructor(shape, data) {
    this.shape = shape;
    this.data = data;
  }

  /** A new array of this shape. The numbers are those of `change(number, index)`, of the same type. */
  map(change) {
    return new NdArray(this.shape, this.data.map(change));
  }

  /** Row i of a matrix, as a vector; its numbers are the matrix's own. */
  row(i) {
    const columns = this.shape[1];
    return new NdArray([columns], this.data.subarray(i * columns, (i + 1) * columns));
  }

  copy() {
    return new NdArray(this.shape.slice(), this.data.slice());
  }
}

const TYPES = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};
const NAMES = new Map(Object.entries(TYPES).filter(([name]) => name !== "bool").map(([name, type]) => [type, name]));

/** A value of the wire as a value of JavaScript. */
function decoded(node) {
  if (Array.isArray(node)) return node.map(decoded);
  if (node === null || typeof node !== "object") return node;
  const kind = node.$;
  if (kind === undefined) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, decoded(value)]));
  if (kind === "array") {
    const bytes = Buffer.from(node.base64, "base64");
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    return new NdArray(node.shape, new TYPES[node.dtype](data));
  }
  if (kind === "texts") return new NdArray(node.shape, node.v);
  if (kind === "float") return { nan: NaN, inf: Infinity, "-inf": -Infinity }[node.v];
  if (kind === "tuple") return node.v.map(decoded);
  throw new TypeError(`a value of the kind ${kind}`);
}

/** A value of JavaScript as a value of the wire. */
function encoded(value) {
  if (value instanceof NdArray) {
    if (Array.isArray(value.data)) return { $: "texts", shape: value.shape, v: value.data };
    const { buffer, byteOffset, byteLength } = value.data;
    const base64 = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
    return { $: "array", dtype: NAMES.get(value.data.constructor), shape: value.shape, base64 };
  }
  if (Array.isArray(value)) return value.map(encoded);
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { $: "float", v: Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf" };
  }
  if (value === undefined || value === null) return null;
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encoded(item)]));
  }
  if (["number", "string", "boolean"].includes(typeof value)) return value;
  return { $: "opaque", v: typeof value };
}

/** A copy of a value: what a network is given and what it gives are never one memory. */
function copied(value) {
  if (value instanceof NdArray) return value.copy();
  if (Array.isArray(value)) return value.map(copied);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]));
  }
  return value;
}

/** Whether two values are the same to the last bit; NaN is itself. */
function same(a, b) {
  if (a instanceof NdArray) return b instanceof NdArray && `${a.shape}` === `${b.shape}` && same(a.data, b.data);
  if (a === null || typeof a !== "object") return Object.is(a, b);
  const keys = Array.isArray(a) || ArrayBuffer.isView(a) ? null : Object.keys(a);
  if (keys !== null) return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
  return a.length === b.length && a.every((item, i) => same(item, b[i]));
}

/** What can be asked. */
class Host {
  constructor(submission) {
    this.submission = submission;
    this.networks = [];
  }

  open(version) {
    if (version !== "1") throw new RangeError(`this worker speaks version 1 of the protocol, not ${version}`);
    if (typeof this.submission.DeepNeuralNetwork !== "function") {
      const there = Object.keys(this.submission).join(", ") || "nothing";
      throw new TypeError(`serve() was given no class DeepNeuralNetwork; it was given ${there}`);
    }
    return { language: "JavaScript" };
  }

  /** Which functions, methods and params there are, by their names. */
  offers(sizes, options) {
    const { DeepNeuralNetwork } = this.submission;
    const functions = Object.keys(this.submission).filter((name) => this.submission[name] !== DeepNeuralNetwork);
    let network = DeepNeuralNetwork.prototype;
    try {
      network = new DeepNeuralNetwork(sizes, options);
    } catch {
      // the questions that make a network tell of it
    }
    const methods = {};
    for (let owner = network; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
      for (const name of Object.getOwnPropertyNames(owner)) {
        const value = name === "constructor" ? null : network[name];
        if (typeof value === "function") methods[name] = "";
      }
    }
    const made = network !== DeepNeuralNetwork.prototype;
    const { params } = network;
    const plain = params !== null && typeof params === "object" && !Array.isArray(params);
    const keys = plain ? Object.keys(params) : null;
    const holds = (value) => Object.values(Object(value)).some((item) => item instanceof NdArray);
    const matrix = (name) => network[name] instanceof NdArray || holds(network[name]);
    const matrices = made ? Object.keys(network).filter((name) => name !== "params" && matrix(name)) : [];
    return { functions, methods, made, params: params == null ? "" : typeof params, keys, matrices };
  }

  new(sizes, options) {
    return this.networks.push(new this.submission.DeepNeuralNetwork(sizes, options)) - 1;
  }

  call(number, name, args, rows = false) {
    const owner = number === null ? this.submission : this.networks[number];
    const given = copied(args);
    const call = (...values) => {
      if (typeof owner[name] !== "function") throw new TypeError(`there is no function ${name}`);
      return copied(owner[name](...values));
    };
    const each = (matrix) => Array.from({ length: matrix.shape[0] }, (_, i) => call(matrix.row(i)));
    const value = rows ? each(given[0]) : call(...given);
    const changed = {};
    args.forEach((before, i) => {
      if (!same(before, given[i])) changed[i] = given[i];
    });
    return { value, changed, warnings: [] };
  }

  get(number, name) {
    if (!(name in this.networks[number])) throw new TypeError(`there is no attribute ${name}`);
    return copied(this.networks[number][name]);
  }

  assign(number, weights, replace) {
    const { params } = this.networks[number];
    for (const [key, value] of Object.entries(weights)) {
      const old = params[key];
      const same = old instanceof NdArray && `${old.shape}` === `${value.shape}`;
      if (same && !replace) old.data.set(value.data);
      else params[key] = same ? new NdArray(value.shape, old.data.constructor.from(value.data)) : value.copy();
    }
    return null;
  }

  /** JavaScript's generator takes no seed. */
  draw() {
    return [Math.random(), Math.random()];
  }

  /** What a network has loaded beyond itself and this file. */
  loaded() {
    return Object.keys(require.cache).filter((path) => path.includes("node_modules"));
  }
}

const OPERATIONS = ["open", "offers", "new", "call", "get", "assign", "draw", "loaded"];

function answer(host, line) {
  const { id, op, args } = JSON.parse(line);
  try {
    if (!OPERATIONS.includes(op)) throw new TypeError(`there is no operation ${op}`);
    return { id, ok: true, value: encoded(host[op](...decoded(args))) };
  } catch (error) {
    const where = /([^/\\(]+\.js):(\d+)/.exec((error && error.stack) || "");
    const place = where ? `${where[1]}, line ${where[2]}` : "";
    const [name, message] = [(error && error.name) || "Error", (error && error.message) || error];
    return { id, ok: false, error: [String(name).slice(0, 100), String(message).slice(0, 2000), place] };
  }
}

/** Answer until there are no more questions. */
function serve(submission) {
  global.console = new Console(process.stderr);
  const host = new Host(submission);
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    process.stdout.write(`${JSON.stringify(answer(host, line))}\n`);
  });
}

module.exports = { NdArray, serve };
