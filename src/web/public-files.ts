import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Router } from 'express'

const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** Of its folder nothing else is served. */
const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js']

/**
 * Shared badges and questions to one person are for whoever got the link, not for search engines; what else they should not
 * list says so itself.
 */
const ROBOTS = 'User-agent: *\nDisallow: /b/\nDisallow: /a/\n'

/** Files that anybody may read and that are about nobody: for robots, and to read the API document. */
export function publicFiles(): Router {
  const router = Router()
  router.get('/robots.txt', (_req, res) => {
    res.set('Cache-Control', 'public, max-age=86400').type('text/plain').send(ROBOTS)
  })
  for (const name of SWAGGER_FILES) {
    router.get(`/docs/${name}`, (_req, res) => {
      res.sendFile(join(SWAGGER_UI, name), { maxAge: '1d' })
    })
  }
  return router
}
