// The same without JavaScript.
export { run } from './app.mjs';

export const name = 'app';
export const script = false;
