// Everything works without this file. It adds a copy button to addresses and texts, "/" to reach the search box, the reader's own time zone to forms
// that ask for emails, and to the button of the filter how many jobs it would show.
for (const field of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy ${field.getAttribute('aria-label') ?? 'the address'}`);
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = 'Copied';
    } catch {
      // The address is selected: the reader can copy it by hand.
      button.textContent = 'Selected';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  field.after(button);
}

document.addEventListener('keydown', event => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const box = document.getElementById('q');
  if (!box) return;
  event.preventDefault();
  const panel = box.closest('details');
  if (panel) panel.open = true;
  box.focus();
});

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
for (const field of document.querySelectorAll('[data-own-zone]')) {
  // Not over what was typed before the page was loaded again.
  if (zone.includes('/') && zone !== 'Etc/Unknown' && field.value === field.defaultValue) field.value = zone;
}

const filter = document.querySelector('form.find');
const show = filter?.querySelector('button');
let asked = 0;
filter?.addEventListener('change', async () => {
  const mine = ++asked;
  const query = new URLSearchParams([...new FormData(filter)].filter(([name, value]) => value.trim() !== '' && name !== 'sort'));
  if (!query.has('near')) query.delete('radius');
  if (!query.has('pay_min')) query.delete('pay_interval');
  query.set('limit', '1');
  let words = 'Show jobs';
  try {
    const answer = await fetch(`/api/v1/postings?${query}`);
    const { total } = answer.ok ? await answer.json() : {};
    if (total) words = `Show ${total.capped ? 'more than ' : ''}${total.value.toLocaleString('en-US')} job${total.value === 1 ? '' : 's'}`;
  } catch {
    // Without a number the button does the same.
  }
  if (mine === asked) show.textContent = words;
});
