import type { VNode } from 'preact'
import { BadgePicture } from '../../web/components/certificate.js'
import type { Say } from '../../web/say.js'
import { drawPicture, pictureTitle, type Picture } from '../picture.js'
import type { Version } from '../store.js'

/** A picture drawn into the page: of a draft, which has no public address. */
export function Drawn({ picture, alt }: { picture: Picture; alt: string }): VNode {
  return (
    <span
      class="picture"
      {...(alt === '' ? { 'aria-hidden': 'true' as const } : { role: 'img', 'aria-label': alt })}
      // Of our own making: shapes and outlines, none of the text that was typed.
      dangerouslySetInnerHTML={{ __html: drawPicture(picture) }}
    />
  )
}

type Props = { say: Say; version: Version; beside?: boolean }

/** The picture of a version; `beside` its name, which says enough. */
export function VersionPicture({ say, version, beside }: Props): VNode {
  const { definition, publishedAt, templatePublicId, number } = version
  const alt = beside ? '' : say(pictureTitle(definition.picture))
  if (publishedAt === null) return <Drawn picture={definition.picture} alt={alt} />
  const src = `/achievements/${templatePublicId}/v/${number}/image.png`
  return <BadgePicture src={src} alt={alt} />
}
