// Two short tones, high for taken, low for refused, and a buzz on phones. The choice (no personal data) is remembered.
let audio = null;
const KEY = 'bon.sound';

export const soundIsOn = () => localStorage.getItem(KEY) !== 'off';

export function switchSound() {
  const on = !soundIsOn();
  localStorage.setItem(KEY, on ? 'on' : 'off');
  if (on) beep(true);
  return on;
}

export function beep(good) {
  navigator.vibrate?.(good ? 40 : [80, 60, 80]);
  if (!soundIsOn() || !window.AudioContext) return;
  audio ||= new AudioContext();
  const start = audio.currentTime;
  (good ? [880, 1320] : [220, 180]).forEach((hertz, i) => tone(hertz, start + i * .09, good ? .08 : .16));
}

function tone(hertz, at, length) {
  const wave = audio.createOscillator();
  const loud = audio.createGain();
  wave.frequency.value = hertz;
  loud.gain.setValueAtTime(.0001, at);
  loud.gain.exponentialRampToValueAtTime(.16, at + .012);
  loud.gain.exponentialRampToValueAtTime(.0001, at + length);
  wave.connect(loud).connect(audio.destination);
  wave.start(at);
  wave.stop(at + length + .02);
}
