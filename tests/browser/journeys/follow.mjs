// Whoever has number and code sees where a case stands, without an account; and how a case goes is drawn for everybody.
import { must, sees } from '../lib.mjs';

export const name = 'follow';

const ask = async (page, number, code) => {
  await page.getByLabel('Số hồ sơ').fill(number);
  await page.getByLabel('Mã theo dõi').fill(code);
  await page.getByRole('button', { name: 'Xem hồ sơ' }).click();
};

// What is written in a box stays in it, and boxes do not lie on each other.
const outside = (page) => page.evaluate(() => {
  const states = [...document.querySelectorAll('.flow__state')].filter((el) => el.querySelector('rect'))
    .map((el) => ({ text: el.querySelector('text').getBBox(), rect: el.querySelector('rect').getBBox(), label: el.textContent.trim() }));
  const apart = (a, b) => a.y + a.height <= b.y || b.y + b.height <= a.y || a.x + a.width <= b.x || b.x + b.width <= a.x;
  const spilled = states.filter(({ text, rect }) => text.x < rect.x || text.x + text.width > rect.x + rect.width);
  const heaped = states.filter((a, i) => states.some((b, k) => k > i && !apart(a.rect, b.rect)));
  return { states: states.length, wrong: [...spilled, ...heaped].map((s) => s.label) };
});

export async function run(walk) {
  const [{ number, code }] = walk.world.followed;
  let page;
  await walk.step('a wrong code is answered like a wrong number', async () => {
    page = await walk.open();
    await page.goto(`/follow?number=${number}`);
    must(await page.getByLabel('Số hồ sơ').inputValue() === number, 'the number of the link is not filled in');
    await walk.expecting('422', async () => {
      await ask(page, number, '2222-2222-22');
      await sees(page, 'Không có hồ sơ nào với số và mã này');
    });
  });
  await walk.look(page, 'wrong');
  await walk.step('number and code lead to the steps', async () => {
    await ask(page, number, code.toLowerCase());
    await sees(page, 'Các bước đã qua');
    must(!(await page.locator('main').innerText()).includes('0000'), 'a telephone number is shown');
  });
  await walk.look(page, 'found');
  await walk.step('the flow of a commune is a picture', async () => {
    await page.goto('/flows/commune_days');
    const { states, wrong } = await outside(page);
    must(states > 8 && wrong.length === 0, `boxes that do not hold or lie on each other: ${wrong.join(', ')}`);
    must(await page.locator('tbody tr').count() > 10, 'the steps are not said in words');
  });
  await walk.look(page, 'flow');
  await walk.step('the flow of a birth and its card too', async () => {
    await page.goto('/flows/joint_birth_card');
    const { states, wrong } = await outside(page);
    must(states > 8 && wrong.length === 0, `boxes that do not hold or lie on each other: ${wrong.join(', ')}`);
  });
  await walk.look(page, 'joint');
}
