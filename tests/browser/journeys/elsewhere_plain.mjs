// The same without JavaScript.
export { run } from './elsewhere.mjs';
export const name = 'elsewhere';
export const script = false;
