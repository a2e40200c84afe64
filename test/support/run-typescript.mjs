import { registerHooks } from 'node:module'

/** Node runs TypeScript as it is, but our imports name the `.js` that the compiler will make. */
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context)
    } catch (error) {
      if (!/\.js$/.test(specifier)) throw error
      return next(specifier.replace(/\.js$/, '.ts'), context)
    }
  },
})
