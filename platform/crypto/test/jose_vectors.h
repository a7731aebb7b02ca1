/* jose_vectors.h: keys and tokens that the `jose` command made, so that what is read here was written by another program. The claims are
 * {"iss":"https://op.example","sub":"248289761001","aud":"s6BhdRkqt3","exp":1795000000,"iat":1794990000}. */
#ifndef BON_CRYPTO_TEST_JOSE_VECTORS_H
#define BON_CRYPTO_TEST_JOSE_VECTORS_H

#define RSA_N \
    "sF8YywvGruOj2hsOxBibiqAH6fpweESnZlUtJhEx3_HirShlzJc_kKhizENKNKOdzwmDLIeuTPS4lc6X23EYVGDD5DyCNOrwc7YK" \
    "KnZ0GsLSNs4p40Iw_0qg1GUJCYkwiyWgUodUZEFEIsOygjheWHWX9GBLmSgj67ixGt9U0UjpOX1XoSkBHnSpj7nqXv02uCIYWvIP" \
    "jKQfBvU8NEWn3K-l0a5oOnH3tzyphY81c0Ri4cMtFv54rBisOXbmG5zFeW-zHVHXdTuWvS5cEDIa6XJxo_E7O1BtbCbWb8tKSWQS" \
    "oORzDY1DkWjINVYGNFZBUcofsDcvYb3zPIo40oYpxQ"
#define EC_X "F_UItmas8HDTAMi6LbSfqLHSGh2Z42ZvL5kPbyFlViU"
#define EC_Y "rq__KQ5rIGBXwDohWLvtAy1fmEOvxvKW6ladhHtSAJE"
#define RSA_THUMBPRINT "inRgFOMDmx-3BkAsngqH_KkojyvRwYWfFmQriTJBKSg"
#define EC_THUMBPRINT "TXIa6nAlTYRgTUQfluaQazFFEQH0BDk8Hiih8uZ_vDE"
#define TOKEN_RS256 \
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL29wLmV4YW1wbGUiLCJzdWIiOiIyNDgyODk3NjEwMDE" \
    "iLCJhdWQiOiJzNkJoZFJrcXQzIiwiZXhwIjoxNzk1MDAwMDAwLCJpYXQiOjE3OTQ5OTAwMDB9.E5xA8Ejg1RXctzGPr3Pp6otNRW" \
    "_jWZ6SlTXaQbCa-qwz-s-G3IgWTJ72KqcpaIRERNARC6RtqHZqwFkQQ-2-edru4UdPbi2usPQKQ82X5wszRKJLmj7avpoNiI2v_K" \
    "K_YyG60ZIuYGIQ3nRealmmBg6tmfLyVs0bJqEiMUfxZm3KahJ4JUu_Ayd03zTJmDGLBfkiKrCIIW6zqa8mjbKdLgIjfgP1uGkD2g" \
    "DC5_cyeujuu_Pvv9qRgKxy84cloDLN51V32WNPrN3CS4xFckP8gdN04W6KHKAa1w7ZmJWfBvf01RNyCe4yLefQvj5J1tO-yPjW2D" \
    "Mv6mXgEUHT6USChA"
#define TOKEN_PS256 \
    "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL29wLmV4YW1wbGUiLCJzdWIiOiIyNDgyODk3NjEwMDE" \
    "iLCJhdWQiOiJzNkJoZFJrcXQzIiwiZXhwIjoxNzk1MDAwMDAwLCJpYXQiOjE3OTQ5OTAwMDB9.h_WrSsG8JcQ7V80zX-IS1PwdNY" \
    "nM1qrASXhRqQgZVJ6Oo--zXU7omSd6AtZy1aVhwMxNdAkJObizY8txxvzEOWqhz-VLHHbY3yOPmagiFEQ8a-eSd5NFj0kq0qLtJV" \
    "3_-TPfPgC0HNSZ41I58IzGMOuB_n90AGy4AUq_e5-Dw1Eh5OYdBLd_5oJXYgoHi_om47ggeuue1yoPJDlsFzl6r_okJMqZ1IRI3V" \
    "pOhWdxK-Zpe8zjzFauWkdWS-B_b8I1ys2yNOsF7GoIua6QcThjXEhPfN0mcJmAPlYIWmCxFU4tlwHAsxwb7Wh8k_N5SkpV7Pkj1V" \
    "UXNLg4Ft8Owfwhcw"
#define TOKEN_ES256 \
    "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVjLTEifQ.eyJpc3MiOiJodHRwczovL29wLmV4YW1wbGUiLCJzdWIiOiIyNDgyODk3NjEwM" \
    "DEiLCJhdWQiOiJzNkJoZFJrcXQzIiwiZXhwIjoxNzk1MDAwMDAwLCJpYXQiOjE3OTQ5OTAwMDB9.esefwdLczotJy5DWc3XuRoFQ" \
    "w4CeLwazzt4Jw43sy5Wsef6ZzD-K0qR7Sxx45OIvUbnqYFPxz0n7HNLxgJn0ww"

#endif
