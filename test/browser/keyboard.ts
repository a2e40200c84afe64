import type { Locator, Page } from 'playwright-core'

/** Presses of Tab after which something is out of reach. */
const FAR = 150

/**
 * Goes to a control by Tab alone.
 *
 * @throws {Error} when it is not reached, or when nothing shows that it has the focus
 */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < FAR; presses += 1) {
    await page.keyboard.press('Tab')
    const outline = await control.evaluate((one) => {
      if (one !== document.activeElement) return undefined
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
    })
    if (outline === 0) throw new Error(`Nothing shows the focus on ${control.toString()}.`)
    if (outline !== undefined) return
  }
  throw new Error(`Tab does not lead to ${control.toString()}.`)
}

/** Goes there by Tab, and presses one key. */
export async function pressOn(page: Page, control: Locator, key: 'Enter' | 'Space'): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press(key)
}
