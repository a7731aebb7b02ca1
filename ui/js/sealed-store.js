// What a browser keeps for an hour without a network: one record under a name, encrypted with a key that the browser does not give out
// (AES-GCM, not extractable).
export function newClient() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(name, mode, act) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('kept');
  const db = await asked(request);
  try {
    return await asked(act(db.transaction('kept', mode).objectStore('kept')));
  } finally {
    db.close();
  }
}

async function key(name) {
  const have = await within(name, 'readonly', (store) => store.get('key'));
  if (have) return have;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await within(name, 'readwrite', (store) => store.put(made, 'key'));
  return made;
}

// name: of the database; record: of the one record in it; empty: what is there before anything is kept.
export function sealedStore(name, record, empty) {
  return {
    async read() {
      const sealed = await within(name, 'readonly', (store) => store.get(record));
      if (!sealed) return empty();
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await key(name), sealed.bytes);
      return JSON.parse(new TextDecoder().decode(plain));
    },
    async write(kept) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(kept));
      const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(name), plain);
      await within(name, 'readwrite', (store) => store.put({ iv, bytes }, record));
    },
    // The key goes too: what might be left of the record on the disk cannot be read any more.
    async wipe() {
      await within(name, 'readwrite', (store) => store.clear());
    },
  };
}
