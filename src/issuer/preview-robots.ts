/**
 * Programs that open an address to show what is behind it in advance, by what they say of themselves: LinkedInBot, WhatsApp,
 * Slackbot-LinkExpanding, Twitterbot, facebookexternalhit, Teams (SkypeUriPreview, MicrosoftPreview), Discordbot,
 * TelegramBot, and what calls itself a robot or a preview. Who lies is counted: it is a count, not a proof.
 */
const ROBOTS =
  /bot\/|TelegramBot|Slackbot|Slack-ImgProxy|LinkedInBot|WhatsApp\/|facebookexternalhit|facebookcatalog|preview|crawler|spider|Mattermost|Iframely|Embedly|curl\/|Wget\/|python-requests/i

/** The parts of a request that tell a person from a program. */
export type Opening = Readonly<{
  method: string
  agent: string | undefined
  /** `Sec-Purpose` or `Purpose`: a browser that fetches what nobody has asked for yet. */
  purpose: string | undefined
}>

/** Whether a request is somebody's who looks at the page. */
export function isOpenedByPerson({ method, agent, purpose }: Opening): boolean {
  if (method !== 'GET' || ROBOTS.test(agent ?? '')) return false
  return !/prefetch|prerender|preview/i.test(purpose ?? '')
}
