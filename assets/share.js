/* On the page of one's own badge: a button that copies the address of a link. Nothing here is needed: the field beside
   it can be selected and copied without. */
for (const place of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(place.dataset.copy)
  const said = place.querySelector('[role=status]')
  place.hidden = false
  place.querySelector('button').addEventListener('click', async () => {
    said.textContent = ''
    try {
      await navigator.clipboard.writeText(field.value)
      said.textContent = place.dataset.done
    } catch {
      field.focus()
      field.select()
      said.textContent = place.dataset.failed
    }
  })
}
