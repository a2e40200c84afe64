type Cast = Readonly<{ ids: Readonly<Record<string, string>>; studentId: string }>

/** The address of what is there, in this school, company and student's book. */
export function addressIn(path: string, { ids, studentId }: Cast): string {
  const [kind = ''] = path.replace('/api/', '/').split('/').slice(1)
  return path
    .replace(':kind', 'placement')
    .replace(':key', 'link-life')
    .replace(':act', 'hold')
    .replace('/:n/', '/1/')
    .replace(':day', '2026-11-10')
    .replace(':code', 'PTECH')
    .replace(':year', '2026')
    .replace(/:studentId/, studentId)
    .replace(/:schoolId/, ids['school'] ?? '')
    .replace(/:id|\{id\}/, ids[kind] ?? 'nothing')
    .replace(/:token|\{\w+\}/, 'nothing')
}
