// A question that depends on another of the same page, <div data-when="condition">, is shown when it is its turn. Without this script it
// stands there with the condition in words (data-when-words). Conditions: engines/services/page_when.c.

const controls = (form, name) => [...form.elements].filter((control) => control.name === name);

function answers(form, name) {
  return controls(form, name)
    .filter((c) => !c.closest('[hidden]') && (!['radio', 'checkbox'].includes(c.type) || c.checked))
    .map((c) => c.value.trim()).filter(Boolean);
}

// 16/02/2015, 02/2015 or 2015 as [year, month, day]; what is no day has no age.
function birth(text) {
  const parts = text.split(/[/-]/).map(Number);
  if (parts.length > 3 || parts.some((n) => !Number.isInteger(n) || n <= 0)) return null;
  const [year, month = 1, day = 1] = text.match(/^\d{4}-/) ? parts : parts.reverse();
  return year > 1000 ? [year, month, day] : null;
}

function age(text, on) {
  const born = birth(text);
  if (!born) return null;
  const [year, month, day] = on.split('-').map(Number);
  return year - born[0] - (month < born[1] || (month === born[1] && day < born[2]) ? 1 : 0);
}

function holds(form, when) {
  if (typeof when === 'boolean') return when;
  if (when.all) return when.all.every((part) => holds(form, part));
  if (when.any) return when.any.some((part) => holds(form, part));
  if (when.none) return !when.none.some((part) => holds(form, part));
  const given = answers(form, when.field);
  if (when.in) return given.some((value) => when.in.includes(value));
  if (when.answered) return given.length > 0;
  const years = given.length ? age(given[0], when.on) : null;
  if (years === null) return false;
  return 'under' in when ? years < when.under : years >= when.least;
}

function follow(form) {
  const boxes = [...form.querySelectorAll('[data-when]')];
  const show = () => boxes.forEach((box) => { box.hidden = !holds(form, JSON.parse(box.dataset.when)); });
  boxes.forEach((box) => box.querySelectorAll('[data-when-words]').forEach((words) => { words.hidden = true; }));
  form.addEventListener('input', show);
  form.addEventListener('change', show);
  show();
}

document.querySelectorAll('form').forEach((form) => form.querySelector('[data-when]') && follow(form));
