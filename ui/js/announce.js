// One polite live region for the whole page; screen readers read what is put there.
let region = null;

export function announce(text, urgent = false) {
  if (!region) {
    region = document.createElement('div');
    region.className = 'visually-hidden';
    document.body.append(region);
  }
  region.setAttribute('aria-live', urgent ? 'assertive' : 'polite');
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 60);
}
