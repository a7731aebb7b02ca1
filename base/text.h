/* text.h: Vietnamese text. Stored text is NFC exactly as its owner wrote it; everything else here is for comparing.
 * Sources: Unicode 15 (through utf8proc), TCVN 6909:2001, and facts about keyboards and old encodings in docs/vietnamese.md.
 */
#ifndef BON_BASE_TEXT_H
#define BON_BASE_TEXT_H

#include "base/err.h"

enum text_line { TEXT_ONE_LINE, TEXT_MANY_LINES };

/* Checked text from outside: valid UTF-8, NFC, no control characters (line breaks and tabs only in TEXT_MANY_LINES, CRLF
 * becomes LF), no bidirectional overrides, runs of spaces folded and trimmed in one-line text, at most max code points.
 * Refuses with a sentence. */
int text_clean(struct arena *a, struct str in, enum text_line lines, size_t max, struct str *out, struct err *e);

/* Search key: without tones and shapes, đ to d, lower case, apostrophes and hyphens dropped, spaces folded. "H'Nhi Niê" and
 * "h’nhi nie" give the same key. */
struct str text_fold(struct arena *a, struct str nfc);

/* In capitals, as papers write agencies: "Sở Tư pháp" gives "SỞ TƯ PHÁP". Bytes that are no UTF-8 stay as they are. */
struct str text_upper(struct arena *a, struct str nfc);

/* How alike two names are, strongest first. */
enum text_match { TEXT_SAME, TEXT_SAME_TONE_PLACE, TEXT_SAME_NO_TONES, TEXT_SAME_ASCII, TEXT_DIFFERENT };
enum text_match text_compare(struct arena *a, struct str x, struct str y);

/* Bytes that sort as Vietnamese does (a ă â … d đ …; tones none ` ? ~ ´ .). person = true sorts by given name first. */
struct str text_sort_key(struct arena *a, struct str nfc, bool person);

size_t text_length(struct str s); /* code points; invalid bytes count one each */
bool text_is_utf8(struct str s);

#endif
