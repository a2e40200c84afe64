import type { RequestHandler } from 'express'
import { asService, type Service } from '../store/scope.js'

/**
 * What stands open to whoever has its address reads rows that are in no visitor's scope. For one route, before its
 * handlers: mounted for a whole router it would hold for everything behind.
 */
export function beyond(service: Service): RequestHandler {
  return (_req, _res, next) => asService(service, next)
}
