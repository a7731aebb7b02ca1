// The same way without JavaScript.
export { name, run } from './vneid_case.mjs';

export const script = false;
