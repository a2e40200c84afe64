import type { VNode } from 'preact'
import { QrCode } from '../../web/components/qr-code.js'
import type { Say } from '../../web/say.js'

type Props = { say: Say; url: string; code: string | null }

/** A share link for paper and telephone: its short code in letters, its address as a QR code. */
export function LinkOnPaper({ say, url, code }: Props): VNode {
  return (
    <div class="on-paper">
      <QrCode
        text={url}
        label={say({
          fr: 'Code QR qui mène à la page de ce badge',
          en: 'QR code that leads to the page of this badge',
        })}
      />
      <div>
        {code === null ? null : (
          <p>
            {say({ fr: 'Code :', en: 'Code:' })} <strong class="short-code">{code}</strong>
          </p>
        )}
        <p>
          {code === null
            ? say({
                fr: 'Un appareil photo lit ce dessin et ouvre la page du badge.',
                en: 'A camera reads this drawing and opens the page of the badge.',
              })
            : say({
                fr: 'Le code se tape ou se dicte, sur la page « Vérifier un badge » de ce site. Un appareil photo lit le dessin. Les deux mènent à la page du badge, tant que son lien est ouvert.',
                en: 'The code is typed or read out, on the page “Verify a badge” of this site. A camera reads the drawing. Both lead to the page of the badge, as long as its link is open.',
              })}
        </p>
      </div>
    </div>
  )
}
