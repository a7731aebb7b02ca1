// The same without JavaScript.
export { run } from './app_desk.mjs';

export const name = 'app desk';
export const script = false;
