// Redirect addresses that look like the registered one to somebody: a browser, a parser, a person. None is followed.
import { CITIZEN } from '../lib/fapi2.mjs';
import { must } from '../lib/tap.mjs';

export const plan = 'redirect-addresses';

const REGISTERED = 'https://so-tay.example/cb';
const LOOKALIKES = {
  'another host': 'https://la.example/cb',
  'a host that only begins alike': 'https://so-tay.example.la.example/cb',
  'an IDN lookalike': 'https://sо-tay.example/cb', // о is Cyrillic
  'its punycode': 'https://xn--s-tay-kbf.example/cb',
  'dot segments': 'https://so-tay.example/x/../cb',
  'encoded dot segments': 'https://so-tay.example/x/%2e%2e/cb',
  'user information': 'https://so-tay.example@la.example/cb',
  'a backslash': 'https://la.example\\@so-tay.example/cb',
  'a trailing dot': 'https://so-tay.example./cb',
  'a trailing slash': 'https://so-tay.example/cb/',
  'an encoded letter': 'https://so-tay.example/%63b',
  'an encoded slash': 'https://so-tay.example%2fcb',
  'another case': 'https://so-tay.example/CB',
  'a port': 'https://so-tay.example:443/cb',
  'another scheme': 'http://so-tay.example/cb',
  'a script': 'javascript:alert(1)//https://so-tay.example/cb',
  data: 'data:text/html,https://so-tay.example/cb',
  'a query': 'https://so-tay.example/cb?x=1',
  'a fragment': 'https://so-tay.example/cb#x',
  'a line break': 'https://so-tay.example/cb\r\nX: y',
  'a tab inside': 'https://so-tay.example/\tcb',
  'a zero byte': 'https://so-tay.example/cb\0',
  'white space before': ' https://so-tay.example/cb',
  'full-width letters': 'https://ｓｏ-tay.example/cb',
  'a decomposed accent': 'https://so-tay.example/cb\u0301',
  'no scheme': '//so-tay.example/cb',
  nothing: '',
};

export const modules = Object.fromEntries(
  Object.entries(LOOKALIKES).map(([what, address]) => [
    `bad-inputs-redirect-${what.replaceAll(' ', '-')}`,
    [
      `${what} in the redirect address is not followed`,
      async (op) => {
        must(address !== REGISTERED, 'the test means the registered address');
        const party = op.party('basic');
        const { page, left } = await party.authorize(await op.browserOf(CITIZEN), party.request({ redirect_uri: address }));
        must(page, `the browser was sent to ${left}`);
        must(page.status >= 400 && page.status < 500, `the page has status ${page.status}`);
        must(!page.headers.get('location'), 'the page has a Location');
      },
    ],
  ]),
);
