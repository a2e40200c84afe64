// Import this first. Our canonical form mends jsonld.js in place: the peer must not run on what we
// mended, so dist/credential/canonical.js gets a copy of the library of its own.
import { createRequire, registerHooks } from 'node:module'

const require = createRequire(import.meta.url)
const theirs = await import('jsonld/lib/context.js')
await import('@digitalbazaar/vc')
for (const file of Object.keys(require.cache))
  if (/[\\/]node_modules[\\/]jsonld[\\/]/.test(file)) delete require.cache[file]

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = context.parentURL?.endsWith('/dist/credential/canonical.js')
    if (!isOurs || !/^jsonld\b/.test(specifier)) return next(specifier, context)
    const source = `import { createRequire } from 'node:module'
      export default createRequire(${JSON.stringify(import.meta.url)})('${specifier}')`
    return {
      url: `data:text/javascript,${encodeURIComponent(source)}`,
      format: 'module',
      shortCircuit: true,
    }
  },
})

/** @throws {Error} when both are one after all: the figures would be about something else */
export function assertApart() {
  const { clone } = theirs.default.getInitialContext({})
  if (/new Map\(this\.mappings\)/.test(clone.toString()))
    throw new Error('The peer runs on our copy of jsonld.js.')
}
