import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from '../src/app.js'
import { openApiYaml } from '../src/web/openapi.js'

test('openapi.yaml is what the operations say; if not, run: npm run openapi', () => {
  expect(readFileSync('openapi.yaml', 'utf8')).toBe(openApiYaml(routes))
})
