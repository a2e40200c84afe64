import type { VNode } from 'preact'
import { ButtonLink } from '../../../web/components/form.js'
import { formStateOf, Sheet, type Asked } from '../../views/sheet.js'

/** On the way to a server of others: a form may not lead there by itself (CSP `form-action`). */
export function LeaveView({
  asked,
  url,
  name,
}: {
  asked: Asked
  url: string
  name: string
}): VNode {
  const { say } = formStateOf(asked)
  const { host } = new URL(url)
  return (
    <Sheet
      asked={asked}
      title={{ fr: `Vers ${name}`, en: `To ${name}` }}
      head={<meta http-equiv="refresh" content={`0;url=${url}`} />}
    >
      <p>
        {say({
          fr: `Vous allez sur ${host}. Si rien ne se passe, continuez par ce lien.`,
          en: `You are going to ${host}. If nothing happens, go on by this link.`,
        })}
      </p>
      <p class="actions">
        <ButtonLink href={url}>{say({ fr: 'Continuer', en: 'Go on' })}</ButtonLink>
      </p>
    </Sheet>
  )
}

/** What somebody does whose identity belongs to nobody here. */
export function UnknownView({ asked, name }: { asked: Asked; name: string }): VNode {
  const { say } = formStateOf(asked)
  return (
    <Sheet
      asked={asked}
      title={{ fr: 'Nous ne vous connaissons pas encore', en: 'We do not know you yet' }}
    >
      <p>
        {say({
          fr: `${name} a bien dit qui vous êtes, mais aucun compte n’est lié ici. Rien n’a été créé.`,
          en: `${name} did say who you are, but no account is linked here. Nothing was created.`,
        })}
      </p>
      <ul>
        <li>
          {say({
            fr: 'Vous avez un compte : connectez-vous comme d’habitude, puis liez-le à la page « Mon compte ».',
            en: 'You have an account: sign in as usual, then link it on the page “My account”.',
          })}
        </li>
        <li>
          {say({
            fr: `Vous avez reçu un lien d’invitation : ouvrez-le, et choisissez-y ${name}.`,
            en: `You have received a link of invitation: open it, and choose ${name} there.`,
          })}
        </li>
        <li>
          {say({
            fr: 'Vous n’avez ni l’un ni l’autre : demandez une invitation à votre établissement ou à votre entreprise.',
            en: 'You have neither: ask your school or your company for an invitation.',
          })}
        </li>
      </ul>
      <p class="actions">
        <ButtonLink href="/sign-in">
          {say({ fr: 'Se connecter autrement', en: 'Sign in another way' })}
        </ButtonLink>
      </p>
    </Sheet>
  )
}
