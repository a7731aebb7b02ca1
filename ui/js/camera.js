// Loaded when the camera button is pressed. The browser's own detector where there is one, else jsQR, fetched only then.
// The picture never leaves the phone; only the text of a code goes to the desk.
const EVERY_MS = 180;
const SAME_AGAIN_MS = 4000; // the same card still in the frame is not a second guest

export async function open(box, jsqrSrc, onText) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false,
  });
  const video = document.createElement('video');
  video.playsInline = true;
  video.muted = true;
  video.srcObject = stream;
  box.replaceChildren(video);
  let running = true;
  const stop = () => {
    running = false;
    stream.getTracks().forEach((t) => t.stop());
    box.replaceChildren();
  };
  try {
    await video.play();
    const read = await reader(jsqrSrc);
    watch(video, read, onText, () => running);
  } catch (e) {
    stop();
    throw e;
  }
  return stop;
}

async function watch(video, read, onText, goesOn) {
  let last = '';
  let lastAt = 0;
  while (goesOn()) {
    const text = await read(video).catch(() => '');
    const now = performance.now();
    if (text && goesOn() && (text !== last || now - lastAt > SAME_AGAIN_MS)) onText(text);
    if (text) [last, lastAt] = [text, now];
    await new Promise((r) => { setTimeout(r, EVERY_MS); });
  }
}

async function reader(jsqrSrc) {
  const own = 'BarcodeDetector' in window && (await BarcodeDetector.getSupportedFormats()).includes('qr_code');
  return own ? nativeReader() : jsqrReader(jsqrSrc);
}

function nativeReader() {
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (video) => (await detector.detect(video))[0]?.rawValue || '';
}

async function jsqrReader(src) {
  const { default: jsQR } = await import(src);
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (!video.videoWidth) return '';
    const scale = Math.min(1, 960 / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    brush.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = brush.getImageData(0, 0, canvas.width, canvas.height);
    return jsQR(picture.data, canvas.width, canvas.height, { inversionAttempts: 'dontInvert' })?.data || '';
  };
}
