import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const compilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  jsx: ts.JsxEmit.ReactJSX,
  jsxImportSource: 'preact',
}

/** The service as its sources are, in a process of its own: Node runs TypeScript, and views are compiled when they are read. */
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL: from = '' } = context
    if (!specifier.startsWith('.') || !/\.tsx?$/.test(from)) return next(specifier, context)
    const stem = specifier.replace(/\.js$/, '')
    const found = ['.ts', '.tsx'].find((ending) => existsSync(new URL(stem + ending, from)))
    return next(found === undefined ? specifier : stem + found, context)
  },
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context)
    const text = readFileSync(fileURLToPath(url), 'utf8')
    const { outputText: source } = ts.transpileModule(text, { compilerOptions })
    return { format: 'module', source, shortCircuit: true }
  },
})
