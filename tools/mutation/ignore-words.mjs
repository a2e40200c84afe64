import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** What is said to people is no logic: `{ fr: …, en: … }` is left as it is. */
const words = {
  shouldIgnore({ node }) {
    if (node.type !== 'ObjectExpression') return undefined
    const keys = node.properties.map((one) => one.key?.name)
    return keys.includes('fr') && keys.includes('en') ? 'words for people' : undefined
  },
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'words', words)]
