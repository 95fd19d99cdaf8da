// Conveniences. Every page works without them.
document.getElementById('faults')?.focus();
// Rows of advanced search are added without asking the server.
document.getElementById('add-row')?.addEventListener('click', (event) => {
  const rows = document.querySelectorAll('.advanced .line');
  const last = rows[rows.length - 1];
  if (rows.length >= 30) return;
  event.preventDefault();
  const line = last.cloneNode(true);
  const n = rows.length + 1;
  for (const label of line.querySelectorAll('label')) {
    label.htmlFor = label.htmlFor.replace(/\d+/, n);
    label.textContent = label.textContent.replace(/\d+/, n);
  }
  for (const control of line.querySelectorAll('select, input')) {
    control.id = control.id.replace(/\d+/, n);
    if (control.tagName === 'INPUT') control.value = '';
  }
  last.after(line);
  line.querySelector('input').focus();
});
document.addEventListener('change', (event) => {
  const field = event.target.closest('.advanced select[name=f]');
  const value = field?.closest('.line').querySelector('input[name=v]');
  if (!value) return;
  if (field.value === 'ipc' || field.value === 'cpc') value.setAttribute('list', 'ipc');
  else value.removeAttribute('list');
});
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.getElementById('q');
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
  if (event.key === 'Escape') {
    const open = event.target.closest('details.source[open]');
    if (open) {
      open.open = false;
      open.querySelector('summary').focus();
    }
  }
});

// A case of the desk is decided by keys: a digit chooses, L takes like cases along.
document.addEventListener('keydown', (event) => {
  const form = document.getElementById('decide');
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select')) {
    return;
  }
  if (event.key === 'l' || event.key === 'L') {
    const like = form.elements.like;
    if (like) {
      like.checked = !like.checked;
    }
    return;
  }
  const choice = /^[1-9]$/.test(event.key) && form.querySelector(`input[name=choice][value="${event.key}"]`);
  if (choice) {
    event.preventDefault();
    choice.checked = true;
    form.elements[choice.dataset.free === undefined ? 'reason' : 'value'].focus();
  }
});
