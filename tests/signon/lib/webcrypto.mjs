// Node 18 keeps Web Crypto under a name of its own; the packages that we test with look for the browser's. Import this first.
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
globalThis.CryptoKey ??= webcrypto.CryptoKey;
