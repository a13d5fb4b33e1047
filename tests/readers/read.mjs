// Reads reports with the libraries that are no commands, each once over all files: node read.mjs WORK FILE...
// Prints what each file came to: {FILE: {passed, failed, skipped} or {refused: "why"}}.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

console.log = console.error // what a library says is no part of what is found
const [work, ...files] = process.argv.slice(2)
const modules = path.resolve(process.cwd(), 'node_modules')
const require = createRequire(path.join(modules, 'x.js'))
const load = (name) => import(pathToFileURL(path.join(modules, name)).href)
const counts = (statuses) => ({
  passed: statuses.filter((each) => each === 'passed').length,
  failed: statuses.filter((each) => each === 'failed').length,
  skipped: statuses.filter((each) => each === 'skipped').length,
})

const tap = async (file) => {
  const { Parser } = require('tap-parser')
  const results = []
  const parser = new Parser({ strict: true })
  parser.on('assert', (each) => results.push(each.skip ? 'skipped' : each.ok ? 'passed' : 'failed'))
  const end = await new Promise((resolve) => parser.on('complete', resolve).end(fs.readFileSync(file, 'utf8')))
  const wrong = end.failures.filter((each) => each.tapError)
  return wrong.length ? { refused: wrong[0].tapError } : counts(results)
}

const junit = async (file) => {
  const getSuites = (await load('xunit-viewer/src/cli/get-suites.js')).default
  const getFiles = (await load('xunit-viewer/src/cli/get-files.js')).default
  const logger = Object.fromEntries(['error', 'file', 'warning'].map((each) => [each, (text) => text]))
  const { suites } = await getSuites(logger, await getFiles(logger, { results: file }))
  const tests = Object.values(suites).flatMap((suite) => Object.values(suite.tests))
  const words = { failure: 'failed', error: 'failed' }
  return counts(tests.map((test) => words[test.status] ?? test.status))
}

const cucumber = async (file) => {
  const folder = path.join(work, path.basename(file))
  fs.mkdirSync(path.join(folder, 'in'), { recursive: true })
  fs.copyFileSync(file, path.join(folder, 'in', 'report.json'))
  require('multiple-cucumber-html-reporter').generate({
    jsonDir: path.join(folder, 'in'), reportPath: path.join(folder, 'out'), disableLog: true, saveCollectedJSON: true,
  })
  const kept = JSON.parse(fs.readFileSync(path.join(folder, 'out', 'enriched-output.json'), 'utf8'))
  const { passed, failed, skipped } = kept.scenarios
  return { passed: passed.count ?? passed, failed: failed.count ?? failed, skipped: skipped.count ?? skipped }
}

// The rules under "Results": it has a line for each rule, with the message of its first result.
const sarif = async (file) => {
  const { sarifToMarkdown } = require('@security-alert/sarif-to-markdown')
  const page = sarifToMarkdown({ owner: 'o', repo: 'r', branch: 'b', sourceRoot: '' })
  const bodies = page(JSON.parse(fs.readFileSync(file, 'utf8'))).map((each) => each.body)
  const rules = bodies.flatMap((body) => [...body.matchAll(/^- \*\*\[ERROR\]\*\* \*\*\[(.+?)\]\*\*/gm)].map((each) => each[1]))
  return { passed: 0, failed: new Set(rules).size, skipped: 0 }
}

const readers = { '.tap': tap, '.xml': junit, '.json': cucumber, '.sarif': sarif }
const found = {}
for (const file of files) {
  try {
    found[file] = await readers[path.extname(file)](file)
  } catch (error) {
    found[file] = { refused: String(error).slice(0, 200) }
  }
}
process.stdout.write(JSON.stringify(found))
