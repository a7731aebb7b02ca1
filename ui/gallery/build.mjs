// Pages to look at, not shipped: every component, and whole pages as the people of the main job see them. Writes gallery/out/; show it
// with any static server: `python3 -m http.server -d gallery/out`. GEO=file.geojson draws the real communes, else a grid.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { icons } from '../assets/icons.mjs';
import { bars, fact, field, heading, note, page, s, states, tag, tile } from './parts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'out');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
cpSync(join(here, '../dist'), join(out, 'static'), { recursive: true });
// The style sheet asks for its fonts where the server would have them: ../<hash>/<name>.
for (const [, hash, font] of readFileSync(join(here, '../dist/app.css'), 'utf8').matchAll(/\.\.\/(\w{16})\/([\w-]+\.woff2)/g)) {
  cpSync(join(here, '../dist', font), join(out, hash, font));
}
const put = (name, text) => writeFileSync(join(out, name), text);

const facilityMenu = [['Cơ sở lưu trú', [['Quầy lễ tân', true], ['Khách đang ở'], ['Biên nhận'], ['Cơ sở của tôi']]]];
const policeMenu = [['Công an xã', [['Lưu trú đêm nay', true], ['Gửi muộn'], ['Trùng nơi ở'], ['Tra cứu']]]];
const leaderMenu = [['Lãnh đạo', [['Đêm nay', true], ['Chuỗi 30 ngày'], ['Kế hoạch 511']]]];
const citizenMenu = [['Công dân', [['Ai đã xem dữ liệu của tôi', true], ['Giấy tờ của tôi'], ['Báo sai sót']]]];
const adminMenu = [['Quản trị', [['Tài khoản', true], ['Cơ sở lưu trú'], ['Vai trò'], ['Nhật ký']]], ['Lãnh đạo', [['Đêm nay']]]];

// ---- sign-in ----
const demo = [
  ['bed', 'Lễ tân khách sạn', 'Quét thẻ, gửi thông báo lưu trú, nhận biên nhận', 'letan.ngocbich'],
  ['shield', 'Công an phường Nghĩa Thành', 'Xem khách lưu trú đêm nay của phường mình', 'congan.nghiathanh'],
  ['chart', 'Lãnh đạo tỉnh', 'Bản đồ và con số đêm nay, chuỗi 30 ngày', 'lanhdao'],
  ['user', 'Công dân Nguyễn Văn Demo', 'Xem ai đã xem dữ liệu của mình', '067090000123'],
  ['users', 'Quản trị', 'Tài khoản, vai trò, cơ sở, nhật ký', 'quantri'],
];
put('sign-in.html', page({ title: 'Đăng nhập', kind: 'main--page', main: `${heading('Đăng nhập',
'Một tài khoản cho mọi dịch vụ của tỉnh.')}
<div class="card card--earth"><form method="post" action="#">
${field('login', 'Tên đăng nhập hoặc số định danh', { width: 20, extra: 'autocomplete="username" required' })}
${field('password', 'Mật khẩu', { width: 20, extra: 'type="password" autocomplete="current-password" required' })}
<div class="actions"><button class="btn btn--big">Đăng nhập</button><a class="btn btn--plain" href="#">Quên mật khẩu?</a></div>
</form></div>
<h2>Vào xem thử với tài khoản mẫu</h2><p class="muted">Chỉ có trong bản mô phỏng. Mật khẩu được tạo riêng cho máy này.</p>
<ul class="picks">${demo.map(([icon, name, does, login]) => `<li><button class="pick">${s(icon)}<span>
<span class="pick__title">${name}</span><span class="pick__text">${does}</span><span class="pick__text mono">${login}</span>
</span></button></li>`).join('')}</ul>` }));

// ---- the receptionist's desk ----
const guest = (no, name, facts, tags, { why = '', child = false, edit = true } = {}) => `<li class="guest
${child ? 'guest--child' : ''}" id="g${no}"><span class="guest__no">${no}</span>
<div><span class="guest__name">${name}</span><span class="guest__facts">${facts}</span>
<span class="guest__tags">${tags}</span>${why ? `<p class="guest__why">${why}</p>` : ''}</div>
<button class="btn btn--plain btn--small" aria-label="Bỏ ${name}">${s('trash')}</button>
${edit ? `<div class="guest__edit"><div><label for="room-${no}">Phòng</label>
<input class="govuk-input" id="room-${no}" value="203"></div>
<div><label for="reason-${no}">Lý do</label><select class="govuk-select" id="reason-${no}"><option>Du lịch</option>
<option>Công tác</option></select></div>
<div><label for="from-${no}">Từ ngày</label><input class="govuk-input" id="from-${no}" value="23/11/2026" inputmode="numeric"></div>
<div><label for="to-${no}">Đến ngày</label><input class="govuk-input" id="to-${no}" value="25/11/2026" inputmode="numeric">
</div></div>` : ''}</li>`;
put('desk.html', page({ title: 'Quầy lễ tân', who: "H'Nhi Niê", role: 'Lễ tân, Khách sạn Ngọc Bích', groups: facilityMenu,
scripts: '<script type="module" src="static/desk.js"></script>', main: `
${heading('Quầy lễ tân', 'Khách sạn Ngọc Bích · phường Nghĩa Thành')}
<div class="desk">
<div class="clock desk__clock" data-due="2026-11-23T23:00:00+07:00" data-now="2026-11-23T20:46:00+07:00"
data-warn-minutes="60"><span class="clock__label">Khách đến hôm nay phải báo trước</span>
<span class="clock__due">23:00 ngày 23/11/2026</span><span class="clock__left" data-left>Trước 23:00</span>
<span class="clock__law">Luật Cư trú 2020, Điều 30</span></div>
<div class="desk__main">
<form method="post" action="#"><div class="scan" data-scan data-list="#guests">
<label class="scan__label" for="scan">Quét thẻ căn cước hoặc hộ chiếu</label>
<p class="muted small" id="scan-help">Máy quét, dán chữ hay gõ đều được. Quét xong khách tự vào danh sách.</p>
<div class="scan__field"><textarea class="scan__input" id="scan" name="text" rows="1" data-scan-text
aria-describedby="scan-help" aria-keyshortcuts="F2" autocomplete="off" spellcheck="false"></textarea>
<button class="btn">${s('plus')}Thêm</button></div>
<div class="scan__foot"><p class="scan__state" role="status" data-scan-state>${s('scan')}<span data-words>Sẵn sàng nhận mã</span></p>
<button type="button" class="btn btn--second btn--small js-only" data-camera data-camera-src="static/camera.js"
data-jsqr-src="static/jsqr.js" aria-expanded="false">${s('camera')}Camera</button>
<button type="button" class="btn btn--second btn--small js-only" data-sound aria-pressed="true">${s('sound')}Âm báo</button></div>
<div class="camera" data-camera-box hidden></div></div></form>
<section class="card"><div class="card__head"><h2>Khách trong lần này</h2><span class="tag tag--plain">4 khách</span></div>
<ol class="guests" id="guests">
${guest(1, 'Nguyễn Văn Demo', 'Nam · 01/02/1990 · 067*****0123 · Đắk Ru, Đắk R’lấp', states.draft + states.l1)}
${guest(2, "Y Krông Niê Buôn Krông", 'Nam · 1964 · 066*****4410 · Krông Nô', states.queued + states.l1, { edit: false })}
${guest(3, 'Nguyễn Minh Khôi', 'Trẻ em đi cùng Nguyễn Văn Demo · 12/06/2019', states.draft + states.l0, { edit: false, child: true })}
${guest(4, 'ERIKSSON ANNA MARIA', 'Nữ · 12/08/1974 · hộ chiếu L898902C3 · UTO', states.refused + tag('plain',
'Hộ chiếu MRZ: chưa xác thực (L1)'), { edit: false, why: 'Hộ chiếu hết hạn ngày 15/04/2012. Hãy xem lại thị thực hoặc hộ chiếu mới.' })}
</ol></section>
<div class="sendbar"><span class="sendbar__count" id="count">3 khách sẵn sàng gửi</span>
<button class="btn btn--big" data-send aria-keyshortcuts="F9">${s('send')}Gửi thông báo lưu trú</button></div>
</div>
<aside class="desk__side">
<section class="card"><h2>Đã gửi hôm nay</h2><ul class="list-plain stack">
<li><a href="#">LT-67-000123-2611-000041</a><br><span class="muted small">20:31 · 2 khách</span> ${states.accepted}</li>
<li><a href="#">LT-67-000123-2611-000040</a><br><span class="muted small">18:02 · 6 khách</span> ${states.sent}</li>
<li><a href="#">LT-67-000123-2611-000038</a><br><span class="muted small">00:12 · 1 khách</span> ${states.late}</li></ul></section>
<section class="card card--quiet"><h2 class="visually-hidden">Phím tắt</h2><ul class="keys"><li>Về ô quét <kbd>F2</kbd></li>
<li>Bật, tắt camera <kbd>F8</kbd></li><li>Gửi thông báo <kbd>F9</kbd></li></ul>
<p class="small muted">Quét ra chữ sai dấu? Hãy tắt bộ gõ tiếng Việt (Unikey) trên máy này.</p></section>
</aside></div>` }));

// ---- receipt ----
function looksLikeQr(n = 41) {
  let seed = 511;
  const rnd = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  let d = '';
  const eye = (x, y) => { d += `M${x} ${y}h7v7h-7zM${x + 1} ${y + 1}v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`; };
  const inEye = (x, y) => (x < 8 && y < 8) || (x > n - 9 && y < 8) || (x < 8 && y > n - 9);
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (!inEye(x, y) && rnd() > .52) d += `M${x} ${y}h1v1h-1z`;
  eye(0, 0); eye(n - 7, 0); eye(0, n - 7);
  return `<figure class="qr"><svg role="img" aria-label="Mã QR" viewBox="-4 -4 ${n + 8} ${n + 8}" shape-rendering="crispEdges">
<path d="${d}" fill="#000" fill-rule="evenodd"></path></svg><figcaption>Quét để kiểm tra biên nhận, không cần mạng</figcaption>
</figure>`;
}
put('receipt.html', page({ title: 'Biên nhận', who: "H'Nhi Niê", role: 'Lễ tân, Khách sạn Ngọc Bích', groups: facilityMenu,
kind: 'main--page', main: `
<div class="note note--done no-print" role="status">${s('check')}<div class="note__body">
<strong class="note__title">Công an phường đã nhận thông báo lúc 20:47</strong>
<p>Biên nhận này bảo vệ bạn: giữ số hoặc in ra. Bạn không cần gọi điện báo lại.</p></div></div>
<article class="paper"><div class="paper__head"><div class="paper__nation">
<strong lang="vi">Cộng hòa xã hội chủ nghĩa Việt Nam</strong><span class="paper__motto">Độc lập - Tự do - Hạnh phúc</span>
<p class="paper__place">Gia Nghĩa, ngày 23 tháng 11 năm 2026</p></div>
<div class="paper__org"><span>CÔNG AN TỈNH ĐẮK NÔNG</span><strong>Công an phường Nghĩa Thành</strong>
<span class="paper__under"></span><p class="paper__no">Số: <span class="mono">LT-67-000123-2611-000042</span></p></div></div>
<h1 class="paper__title">Biên nhận thông báo lưu trú</h1><p class="paper__about">(Luật Cư trú 2020, Điều 30)</p>
<dl class="facts">${fact('Cơ sở lưu trú', 'Khách sạn Ngọc Bích')}${fact('Địa chỉ',
'12 Hùng Vương, phường Nghĩa Thành, Gia Nghĩa')}${fact('Thời điểm nhận', '20:47 ngày 23/11/2026')}${fact('Số khách',
'3')}${fact('Hạn phải báo', '23:00 ngày 23/11/2026 – đúng hạn')}${fact('Trạng thái', states.accepted)}</dl>
<div class="paper__seal">${looksLikeQr()}<dl class="facts">${fact('Ký số', 'Máy chủ tỉnh, khoá 2026-11')}${fact('Bản ghi',
'<span class="mono">#48 213</span>')}${fact('Chế độ', 'MÔ PHỎNG')}</dl></div>
</article><div class="row no-print"><button class="btn js-only" data-print>${s('print')}In giấy này</button>
<a class="btn btn--second" href="desk.html">Về quầy</a></div>` }));

// ---- police ----
const nightRows = [
  ['Nguyễn Văn Demo', 'Nam · 01/02/1990', 'Khách sạn Ngọc Bích', '203', '20:47', states.accepted],
  ['Y Krông Niê Buôn Krông', 'Nam · 1964', 'Khách sạn Ngọc Bích', '203', '20:47', states.accepted],
  ["H'Bia Êban", 'Nữ · 15/09/1998', 'Nhà nghỉ Hoa Cà Phê', '07', '19:20', states.accepted],
  ['Trần Thị Thu Hương', 'Nữ · 30/04/1985', 'Homestay Tà Đùng', 'Nhà sàn 2', '00:12', states.late],
];
put('police.html', page({ title: 'Lưu trú đêm nay', who: 'Thiếu tá Lê Văn Bình', role: 'Công an phường Nghĩa Thành',
groups: policeMenu, main: `
${heading('Lưu trú đêm nay', 'Phường Nghĩa Thành · đêm 23/11/2026', `<p class="live is-on">Tự cập nhật</p>
<a class="btn btn--second btn--small" href="#">${s('download')}Tải CSV</a>`)}
<div class="tiles">${tile('Khách đêm nay', '126', '18 cơ sở đã báo')}${tile('Báo muộn', '3', 'xem nguyên nhân',
'tile--late')}${tile('Cơ sở chưa báo', '2', 'thường có khách thứ Hai')}${tile('Trùng nơi ở', '0', 'trong 24 giờ qua',
'tile--done')}</div>
<nav aria-label="Danh sách"><ul class="tabs"><li><a class="tabs__link" aria-current="page" href="#">Tất cả <span
class="count">126</span></a></li><li><a class="tabs__link" href="#">Báo muộn <span class="count">3</span></a></li><li>
<a class="tabs__link" href="#">Trùng nơi ở <span class="count">0</span></a></li></ul></nav>
<form class="filters" role="search"><div class="govuk-form-group"><label class="govuk-label" for="q">Tên hoặc số giấy
tờ</label><input class="govuk-input" id="q"></div><div class="govuk-form-group">
<label class="govuk-label" for="f">Cơ sở</label><select class="govuk-select" id="f"><option>Tất cả cơ sở</option></select>
</div><button class="btn btn--second">${s('search')}Tìm</button></form>
${note('info', 'info', '<p>Mỗi lần mở hồ sơ một người, người đó thấy được trong mục “Ai đã xem dữ liệu của tôi”.</p>')}
<div class="table-box"><table class="table table--stack"><caption>Khách đêm nay</caption><thead><tr><th scope="col">Khách</th>
<th scope="col">Cơ sở</th><th scope="col">Phòng</th><th scope="col">Báo lúc</th><th scope="col">Trạng thái</th><th scope="col">
<span class="visually-hidden">Mở</span></th></tr></thead><tbody>
${nightRows.map(([n, f, h, r, t, st]) => `<tr><th scope="row">${n}<span class="table__sub">${f}</span></th>
<td data-label="Cơ sở">${h}</td><td data-label="Phòng">${r}</td><td data-label="Báo lúc" class="num">${t}</td>
<td data-label="Trạng thái">${st}</td><td class="act"><a class="btn btn--second btn--small" href="#">Xem</a></td></tr>`).join('')}
</tbody></table></div>
<nav class="pager" aria-label="Các trang của danh sách"><span>1–4 trong 126</span><span class="pager__links">
<a class="btn btn--second btn--small" href="#">${s('prev')}Trước</a><a class="btn btn--second btn--small"
href="#">Sau${s('next')}</a></span></nav>` }));

// ---- leader ----
const values = [212, 198, 220, 245, 301, 342, 288, 205, 199, 214, 251, 312, 356, 290, 210, 202, 219, 262, 330, 371, 301, 222,
208, 225, 266, 338, 362, 296, 231, 247];
const labels = values.map((_, i) => { const d = new Date(Date.UTC(2026, 9, 25 + i));
return `${String(d.getUTCDate()).padStart(2, '0')}/${String(d.getUTCMonth() + 1).padStart(2, '0')}`; });
function grid() {
  const features = [];
  for (let i = 0; i < 28; i++) {
    const [x, y] = [107.2 + (i % 4) * .2, 11.8 + Math.floor(i / 4) * .14];
    features.push({ type: 'Feature', properties: { code: String(24600 + i), name_vi: `Xã số ${i + 1}` },
geometry: { type: 'Polygon', coordinates: [[[x, y], [x + .19, y], [x + .19, y + .13], [x, y + .13], [x, y]]] } });
  }
  return { type: 'FeatureCollection', features };
}
const geo = process.env.GEO ? JSON.parse(readFileSync(process.env.GEO, 'utf8')) : grid();
put('geo.json', JSON.stringify(geo));
const areas = geo.features.map((f, i) => ({ code: f.properties.code, name: f.properties.name_vi,
...(i % 9 === 4 ? { hidden: true } : { n: (i * 37) % 11 === 0 ? 0 : 5 + ((i * 53) % 97), text: `${5 + ((i * 53) % 97)} khách` }) }));
put('leader.html', page({ title: 'Đêm nay', who: 'Nguyễn Thị Lan', role: 'Lãnh đạo UBND tỉnh', groups: leaderMenu, main: `<link
rel="stylesheet" href="static/map.css">
${heading('Toàn tỉnh đêm nay', 'Thông báo lưu trú, cập nhật 20:47 ngày 23/11/2026', '<p class="live is-on">Tự cập nhật</p>')}
<div class="tiles">${tile('Khách đêm nay', '2.471', 'hơn hôm qua 16')}${tile('Cơ sở đã báo', '412',
'trên 598 đang mở')}${tile('Đúng hạn', '98,2 %', 'trong 7 ngày', 'tile--done')}${tile('Báo muộn', '44', 'trong 7 ngày',
'tile--late')}</div>
<nav aria-label="Địa giới"><ul class="tabs"><li><a class="tabs__link" aria-current="page" href="#">71 xã trước 1/7/2025</a>
</li><li><a class="tabs__link" href="#">28 xã, phường hiện nay</a></li></ul></nav>
<div class="grid grid--2"><section class="card"><h2>Khách theo xã</h2>
<svg class="visually-hidden" aria-hidden="true"><defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse"
patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"></rect><rect width="3" height="8" fill="#8a7465"></rect>
</pattern></defs></svg>
<div class="map" data-map data-geo="geo.json" data-values="#map-values" data-legend="#map-legend" data-wait="Đang vẽ bản đồ…">
</div><ul class="legend js-only" id="map-legend"></ul>
<div id="map-numbers"><script type="application/json" id="map-values">${JSON.stringify({ areas })}</script>
<details class="more"><summary>Xem số liệu dạng bảng</summary><div class="table-box"><table class="table">
<caption class="visually-hidden">Khách theo xã</caption><thead><tr><th scope="col">Xã</th><th scope="col" class="n">Khách</th>
</tr></thead><tbody>${areas.map((a) => `<tr><th scope="row">${a.name}</th><td class="n">${a.hidden ? 'ẩn' : a.n}</td>
</tr>`).join('')}</tbody></table></div></details></div></section>
<div><section class="card">${bars('Khách lưu trú 30 ngày qua', values, labels)}</section>
<section class="card"><h2>Đông nhất đêm nay</h2><div class="stack">${[['Phường Bắc Gia Nghĩa', 412], ['Xã Quảng Khê', 208],
['Xã Đắk Mil', 177]].map(([n, v]) => `<div class="meter"><div class="meter__head"><span>${n}</span>
<span class="num">${v}</span></div><progress value="${v}" max="412" aria-label="${n}"></progress></div>`).join('')}</div>
</section></div></div>`, scripts: '<script src="static/map.js" defer></script>' }));

// ---- citizen ----
const seen = (kind, when, what, who, more) => `<li class="timeline__item ${kind}"><span class="timeline__when">${when}</span>
<span class="timeline__what">${what}</span><div class="timeline__more"><p>${who}<br><span class="muted">${more}</span></p></div></li>`;
put('citizen.html', page({ title: 'Ai đã xem dữ liệu của tôi', who: 'Nguyễn Văn Demo', role: 'Công dân', groups: citizenMenu,
kind: 'main--page', main: `
${heading('Ai đã xem dữ liệu của tôi', 'Mỗi lần có người mở hay dùng thông tin của bạn, bạn thấy ở đây: ai, khi nào, vì việc gì.')}
${note('done', 'lock', '<p><strong class="note__title">Nhật ký được niêm phong</strong>'
  + 'Không ai sửa hay xoá được một dòng mà không bị phát hiện, kể cả quản trị viên.</p>')}
<section class="card"><p class="timeline__day">Hôm nay, 23/11/2026</p><ol class="timeline">
${seen('', '21:15', 'Xem thông tin lưu trú của bạn', 'Thiếu tá Lê Văn Bình, Công an phường Nghĩa Thành',
'Mục đích: kiểm tra lưu trú đêm 23/11 · bản ghi #48 230')}
${seen('timeline__item--done', '20:47', 'Khách sạn Ngọc Bích báo bạn lưu trú', "Lễ tân H'Nhi Niê",
'Từ 23/11 đến 25/11, phòng 203 · biên nhận LT-67-000123-2611-000042')}</ol>
<p class="timeline__day">20/11/2026</p><ol class="timeline">${seen('timeline__item--warn', '03:12',
'Tra cứu số định danh của bạn', 'Tài khoản thử nghiệm, Sở Thông tin và Truyền thông',
'Không ghi mục đích hợp lệ: yêu cầu đã bị từ chối')}
${seen('', '09:40', 'Bạn đăng nhập', 'Điện thoại, Gia Nghĩa', 'Nếu không phải bạn, hãy đăng xuất mọi nơi')}</ol></section>
<div class="actions"><a class="btn btn--second" href="#">${s('alert')}Tôi thấy có gì không đúng</a>
<a class="btn btn--plain" href="#">Xem các lần trước</a></div>` }));

// ---- administrator ----
const accounts = [["h.nhi", "H'Nhi Niê", 'Lễ tân, Khách sạn Ngọc Bích', '31/12/2026', 'accepted', 'Đang dùng', 'check'],
['le.binh', 'Lê Văn Bình', 'Công an phường Nghĩa Thành', 'không hạn', 'accepted', 'Đang dùng', 'check'], ['tran.an',
'Trần Thị An', 'Lễ tân, Nhà nghỉ Hoa Cà Phê', '22/11/2026', 'refused', 'Hết hạn', 'cross'], ['moi.01', 'K’Tem',
'Chưa có vai trò', '–', 'queued', 'Chờ đặt mật khẩu', 'queue']];
put('admin.html', page({ title: 'Tài khoản', who: 'Phạm Quốc Huy', role: 'Quản trị', groups: adminMenu, main: `
<nav class="crumbs" aria-label="Đường dẫn"><ol><li><a href="#">Quản trị</a></li><li><span aria-current="page">Tài khoản</span>
</li></ol></nav>
${heading('Tài khoản', 'Vai trò gắn với chức năng, địa bàn và thời hạn.', `<a class="btn" href="#">${s('plus')}Thêm tài khoản</a>`)}
<div class="table-box"><table class="table table--stack"><caption>4 tài khoản</caption><thead><tr><th scope="col">Người</th>
<th scope="col">Tên đăng nhập</th><th scope="col">Vai trò</th><th scope="col">Đến hết ngày</th><th scope="col">Trạng thái</th>
<th scope="col"><span class="visually-hidden">Việc</span></th></tr></thead><tbody>
${accounts.map(([l, n, r, d, k, w, i]) => `<tr><th scope="row">${n}</th><td data-label="Tên đăng nhập" class="mono">${l}</td>
<td data-label="Vai trò">${r}</td><td data-label="Đến hết ngày" class="num">${d}</td>
<td data-label="Trạng thái">${tag(k, w, i)}</td><td class="act"><a class="btn btn--second btn--small" href="#">Sửa</a></td>
</tr>`).join('')}</tbody></table></div>` }));

// ---- all components ----
put('components.html', page({ title: 'Thành phần', who: 'Người xem', role: 'Thiết kế', groups: adminMenu, kind: 'main--page', main: `
<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
<h2 class="govuk-error-summary__title">Cần sửa trước khi gửi</h2><div class="govuk-error-summary__body">
<ul class="govuk-error-summary__list"><li><a href="#field-pid">Số định danh có 11 chữ số, cần đủ 12.</a></li><li>
<a href="#field-to">Ngày đi phải sau ngày đến.</a></li></ul></div></div></div>
${heading('Mọi thành phần', 'Chữ đủ lớn, nút đủ rộng cho ngón tay, màu không bao giờ đứng một mình.')}
<form><div class="fields fields--2">${field('pid', 'Số định danh cá nhân', { help: '12 chữ số trên thẻ căn cước',
error: 'Số định danh có 11 chữ số, cần đủ 12.', value: '06709000012', width: 12, extra: 'inputmode="numeric"' })}
${field('to', 'Ngày đi', { help: 'Ví dụ 16/02/2024', error: 'Ngày đi phải sau ngày đến.', value: '22/11/2026', width: 12,
extra: 'inputmode="numeric"' })}
${field('nights', 'Số đêm', { value: '2', width: 8, suffix: 'đêm', extra: 'inputmode="numeric"' })}${field('phone',
'Điện thoại', { optional: true, width: 12, extra: 'inputmode="tel"' })}</div>
<div class="govuk-form-group"><label class="govuk-label" for="why">Lý do báo muộn</label>
<div class="govuk-hint">Viết ngắn gọn, công an phường đọc được</div><textarea class="govuk-textarea" id="why" rows="4"></textarea></div>
<div class="govuk-form-group"><label class="govuk-label" for="kind">Loại cơ sở</label><select class="govuk-select" id="kind">
<option>Khách sạn</option><option>Nhà nghỉ</option></select></div>
<div class="govuk-form-group"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Lý do lưu trú</legend>
<div class="govuk-radios" data-module="govuk-radios">${['Du lịch', 'Công tác', 'Thăm người thân'].map((w, i) => `<div
class="govuk-radios__item"><input class="govuk-radios__input" id="r${i}" name="r" type="radio" ${i ? '' : 'checked'}>
<label class="govuk-label govuk-radios__label" for="r${i}">${w}</label></div>`).join('')}</div></fieldset></div>
<div class="govuk-form-group"><div class="govuk-checkboxes" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" id="c1" type="checkbox" checked>
<label class="govuk-label govuk-checkboxes__label" for="c1">Khách nước ngoài có thị thực còn hạn</label></div></div></div>
<div class="govuk-form-group"><label class="govuk-label" for="file">Danh sách đoàn</label>
<div class="govuk-hint">Tệp CSV, nhiều nhất 60 khách</div><input class="govuk-file-upload" id="file" type="file"></div>
<div class="actions"><button class="btn btn--big">Nút chính</button><button class="btn btn--second">Nút phụ</button>
<button class="btn btn--warn">Huỷ khai báo</button><button class="btn btn--plain">Bỏ qua</button>
<button class="btn" disabled>Chưa dùng được</button><button class="btn" aria-busy="true">Đang gửi</button></div></form>
<h2>Thông báo</h2>${note('info', 'info', '<p>Quét mã QR chưa phải là xác thực: mã là chữ không có chữ ký.</p>')}${note('done',
'check', '<p><strong class="note__title">Đã tiếp nhận</strong>Công an phường nhận lúc 20:47.</p>')}${note('warn', 'alert',
'<p>Sau 22 giờ hãy gửi ngay, đừng đợi đủ khách.</p>')}${note('error', 'alert',
'<p>Chưa gửi được. Nội dung vẫn còn, hãy thử lại.</p><span class="note__id">Mã yêu cầu để hỏi hỗ trợ: <code>7f3a90c1b2d4</code></span>')}
<h2>Trạng thái</h2><p class="row">${Object.values(states).join(' ')}</p>
<h2>Danh mục, tiến độ</h2><div class="card"><dl class="facts">${fact('Họ và tên', "H'Nhi Niê")}${fact('Nơi ở',
'Bon Pi Nao, xã Nhân Đạo')}</dl></div><div class="meter"><div class="meter__head"><span>Đang tạo dân cư</span>
<span class="num">412.000 / 700.000</span></div><progress value="412" max="700" aria-label="Đang tạo dân cư"></progress></div>
<details class="more"><summary>Vì sao cần số này?</summary><div class="more__body">
<p>Để không nhầm bạn với người trùng tên.</p></div></details>
<div class="empty">${s('bed')}<span class="empty__title">Chưa có khách</span><p>Quét thẻ để thêm khách đầu tiên.</p>
<a class="btn btn--second" href="#">Gõ tay</a></div>
<h2>Biểu tượng</h2><p class="row">${Object.keys(icons).map((i) => `<span title="${i}">${s(i)}</span>`).join(' ')}</p>` }));
put('index.html', ['components', 'sign-in', 'desk', 'receipt', 'police', 'leader', 'citizen', 'admin'].map((n) => `<p>
<a href="${n}.html">${n}</a></p>`).join(''));
