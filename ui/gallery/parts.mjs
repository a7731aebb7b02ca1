// The mark-up of platform/html, spelled out for pages that are looked at without the server.
export const s = (name) => `<svg class="icon" aria-hidden="true" focusable="false"><use href="static/icons.svg#${name}"></use></svg>`;
export const tag = (kind, words, icon) => `<span class="tag tag--${kind}">${icon ? s(icon) : ''}${words}</span>`;
export const states = {
  draft: tag('draft', 'Nháp', 'pencil'), queued: tag('queued', 'Xếp hàng', 'queue'), sent: tag('sent', 'Đã gửi', 'send'),
  accepted: tag('accepted', 'Tiếp nhận', 'check'), refused: tag('refused', 'Từ chối', 'cross'), late: tag('late', 'Muộn', 'clock'),
  void: tag('void', 'Đã huỷ', 'trash'), l1: tag('plain', 'QR: chưa xác thực (L1)'), l0: tag('plain', 'Gõ tay: chưa xác thực (L0)'),
};
export const note = (kind, icon, body) => `<div class="note note--${kind}" role="note">${s(icon)}<div
class="note__body">${body}</div></div>`;
export const tile = (label, value, remark, kind = '') => `<div class="tile ${kind}"><span class="tile__label">${label}</span>
<span class="tile__value">${value}</span><span class="tile__note">${remark}</span></div>`;
export const fact = (dt, dd) => `<div class="facts__row"><dt>${dt}</dt><dd>${dd}</dd></div>`;
export const heading = (h1, lead, side = '') => `<div class="page-head"><div>
<h1>${h1}</h1>${lead ? `<p class="lead">${lead}</p>` : ''}</div><div class="row no-print">${side}</div></div>`;

export function field(id, label, { help = '', error = '', value = '', width = 0, extra = '', optional = false, suffix = '' } = {}) {
  return `<div class="govuk-form-group ${width ? `field--w${width}` : ''} ${error ? 'govuk-form-group--error' : ''}">
<label class="govuk-label" for="field-${id}">${label}${optional ? ' <span class="optional">(không bắt buộc)</span>' : ''}</label>
${help ? `<div class="govuk-hint" id="field-${id}-help">${help}</div>` : ''}
${error ? `<p class="govuk-error-message" id="field-${id}-error">${s('alert')}<span>
<span class="visually-hidden">Lỗi: </span>${error}</span></p>` : ''}
<div class="affix"><input class="govuk-input ${error ? 'govuk-input--error' : ''}" id="field-${id}" name="${id}"
value="${value}" ${extra}>${suffix ? `<span class="affix__text">${suffix}</span>` : ''}</div></div>`;
}

const bandRow =
  '<svg class="band" aria-hidden="true" focusable="false">DEFS<rect width="100%" height="14" fill="url(#woven)"></rect></svg>';
const bandDefs = `<defs><pattern id="woven" width="56" height="14" patternUnits="userSpaceOnUse">
<path fill="#a8201a" d="M0 0h56v1.5H0zM0 12.5h56V14H0z"></path><path fill="#fbf8f3" d="M14 2.5 23 7l-9 4.5L5 7z"></path>
<path fill="#2b140d" d="M14 4.5 19 7l-5 2.5L9 7z"></path><path fill="#f5b82e" d="M14 5.8 16.4 7 14 8.2 11.6 7z"></path>
<path fill="#a8201a" d="M33 3 42 7l-9 4z"></path><path fill="#a8201a" d="M51 3 42 7l9 4z"></path>
<path fill="#fbf8f3" d="M40.5 3h3L42 5.2zM40.5 11h3L42 8.8z"></path>
<path fill="#f5b82e" d="M27.2 6.2h1.6v1.6h-1.6zM55.2 6.2H56v1.6h-.8zM0 6.2h.8v1.6H0z"></path></pattern></defs>`;

const menuOf = (groups) => groups.map(([label, links]) => `<div class="bar__group"><p class="menu__group">${label}</p>
<ul class="menu__list">${
  links.map(([words, current]) => `<li><a class="menu__link" href="#" ${current ? 'aria-current="page"' : ''}>${words}</a>
</li>`).join('')}</ul></div>`).join('');

export function page({ title, main, kind = '', who = null, role = '', groups = [], scripts = '' }) {
  const actor = who ? `<span class="actor__who">${s('user')}<span class="actor__text"><span class="actor__name">${who}</span>
<span class="actor__role">${role}</span></span></span>` : '';
  const out = (cls) => `<form method="post" action="#"><button class="${cls}" type="submit">${s('out')}Đăng xuất</button></form>`;
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Dịch vụ số tỉnh Đắk Nông</title><link rel="stylesheet" href="static/app.css">
<link rel="icon" href="static/favicon.svg">
<script src="static/app.js" data-htmx="static/htmx.js" defer></script></head><body>
<a class="skip" href="#main">Bỏ qua, đến nội dung chính</a>
<header id="top"><div class="mode"><div class="wrap"><span class="mode__word">MÔ PHỎNG</span>
<span>Dữ liệu do máy tạo ra, không có ai là thật.</span></div></div>
<div class="head"><div class="wrap">
<a class="brand" href="#"><img class="brand__mark" src="static/favicon.svg" alt="" width="48" height="48">
<span class="brand__text"><span class="brand__site">Dịch vụ số tỉnh Đắk Nông</span>
<span class="brand__under">Thôn, bon, tổ dân phố cùng một nền số</span></span></a>
<div class="head__side">${who ? `<div class="actor actor--head">${actor}${out('head__link')}</div>` : ''}
<a class="head__link lang" href="#" lang="en" hreflang="en">EN<span class="visually-hidden"> – English</span>
</a>${who ? '' : '<a class="head__link" href="#">Đăng nhập</a>'}
${groups.length ? `<details class="fold"><summary class="head__link">${s('menu')}Mục</summary><div class="fold__panel">
<nav aria-label="Mục chính">${menuOf(groups)}</nav>${who ? `<div
class="fold__actor">${actor}${out('btn btn--second btn--small')}</div>` : ''}</div></details>` : ''}
</div></div></div>
${bandRow.replace('DEFS', bandDefs)}</header>
${groups.length ? `<nav class="bar" aria-label="Mục chính"><div class="wrap">${menuOf(groups)}</div></nav>` : ''}
<main class="main ${kind}" id="main" tabindex="-1"><div class="wrap">${main}</div></main>
${bandRow.replace('DEFS', '')}
<footer class="foot"><div class="wrap"><p>Dịch vụ số tỉnh Đắk Nông · phần mềm bon, mã nguồn mở Apache-2.0</p>
<p class="foot__side"><a href="#top">Về đầu trang</a></p></div></footer>
${scripts}</body></html>`;
}

export function bars(title, values, labels) {
  const top = 400;
  const y = (v) => Math.round(208 - (v / top) * 180);
  const w = 100 / values.length;
  return `<figure class="chart"><figcaption>${title}</figcaption><div class="chart__plot">
<svg class="chart__scale" aria-hidden="true" width="34" height="240"><text x="26" y="32" text-anchor="end">400</text>
<text x="26" y="122" text-anchor="end">200</text><text x="26" y="212" text-anchor="end">0</text></svg>
<svg class="chart__field" role="img" height="240" aria-label="${title}">
<line class="chart__rule" x1="0" x2="100%" y1="28" y2="28"></line>
<line class="chart__rule" x1="0" x2="100%" y1="118" y2="118"></line>
${values.map((v, i) => `<rect class="chart__bar ${i === values.length - 1 ? 'chart__bar--last' : ''}"
x="${(w * (i + .14)).toFixed(2)}%" width="${(w * .72).toFixed(2)}%" y="${y(v)}" height="${208 - y(v)}"></rect>`).join('')}
<line class="chart__axis" x1="0" x2="100%" y1="208" y2="208"></line>
${labels.map((l, i) => ((values.length - 1 - i) % 5 === 2 ? `<text x="${(w * (i + .5)).toFixed(2)}%" y="230"
text-anchor="middle">${l}</text>` : '')).join('')}
</svg></div><details class="more"><summary>Xem số liệu dạng bảng</summary><div class="table-box"><table class="table">
<caption class="visually-hidden">${title}</caption><thead><tr><th scope="col">Ngày</th><th scope="col" class="n">Khách</th>
</tr></thead><tbody>${
  values.map((v, i) => `<tr><th scope="row">${labels[i]}</th><td class="n">${v}</td></tr>`).join('')}</tbody></table></div>
</details></figure>`;
}
