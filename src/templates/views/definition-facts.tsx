import type { VNode } from 'preact'
import { Facts } from '../../web/components/blocks.js'
import { Markdown } from '../../web/components/markdown.js'
import type { Say } from '../../web/say.js'
import { COMPLEMENTS_SENTENCE, type Definition } from '../definition.js'
import { codeInWords } from '../frameworks.js'
import { requirementWords, themeWords, unbroken } from '../wording.js'

/** What a badge says, is earned by, and stands beside. */
export function DefinitionFacts({ say, definition }: { say: Say; definition: Definition }): VNode {
  const { alignments, complements, rule, theme, validityMonths } = definition
  const diploma = [
    complements.label,
    complements.rncp,
    complements.cfd && `CFD\u00a0${complements.cfd}`,
  ]
  return (
    <>
      <h2>{say({ fr: 'Critères', en: 'Criteria' })}</h2>
      <div lang="fr">
        <Markdown text={unbroken(definition.criteria)} />
      </div>
      <h2>{say({ fr: 'Preuves demandées', en: 'Evidence that it takes' })}</h2>
      <ul>
        {rule.map((requirement, at) => (
          <li key={at}>{say(requirementWords(requirement))}</li>
        ))}
      </ul>
      <h2>{say({ fr: 'Ce qu’il complète', en: 'What it complements' })}</h2>
      <p lang="fr">{COMPLEMENTS_SENTENCE}</p>
      <Facts
        facts={[
          [say({ fr: 'Diplôme', en: 'Diploma' }), diploma.filter(Boolean).join(' · ')],
          [say({ fr: 'Thème', en: 'Theme' }), say(themeWords(theme))],
          [
            say({ fr: 'Validité', en: 'Validity' }),
            validityMonths === null
              ? say({ fr: 'sans limite', en: 'without limit' })
              : say({ fr: `${validityMonths} mois`, en: `${validityMonths} months` }),
          ],
        ]}
      />
      {alignments.length > 0 ? (
        <>
          <h2>{say({ fr: 'Correspondances', en: 'Alignments' })}</h2>
          <Alignments say={say} alignments={alignments} />
        </>
      ) : null}
    </>
  )
}

/** Each with its official page, and whether an inspector has confirmed it. */
export function Alignments({
  say,
  alignments,
}: Pick<Definition, 'alignments'> & { say: Say }): VNode {
  return (
    <ul>
      {alignments.map(({ framework, code, name, url, verified }) => (
        <li key={`${framework} ${code}`}>
          <a href={url} rel="noopener">
            {codeInWords({ framework, code })}
          </a>{' '}
          <span lang="fr">{name}</span>
          {verified ? null : (
            <span class="soft">
              {' '}
              {say({
                fr: '(non vérifiée par une inspection)',
                en: '(not verified by an inspector)',
              })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
