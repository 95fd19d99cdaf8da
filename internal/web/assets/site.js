// Conveniences. Every page works without them.
document.getElementById('faults')?.focus();
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
