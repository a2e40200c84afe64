// Writes openapi.yaml from the operations that the service mounts. Run after a build.
import { writeFileSync } from 'node:fs'
import { routes } from '../dist/app.js'
import { openApiYaml } from '../dist/web/openapi.js'

writeFileSync('openapi.yaml', openApiYaml(routes))
