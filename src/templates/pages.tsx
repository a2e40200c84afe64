import type { Page } from '../web/page.js'

export const templatePages: readonly Page[] = []
