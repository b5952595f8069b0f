package dev.lockstep.runner;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// UTF-8 text in which nothing speaks to the terminal. The name of a script, its header and what a database says go
/// to people's screens, and an escape sequence in one of them could hide or forge what stands there. A control
/// character is written as `cat -v` writes it, but for the tabulator, the ends of lines and of pages.
final class Printable extends FilterOutputStream {
    private static final int ESCAPES_END = 0x20;
    private static final int DELETE = 0x7f;
    private static final int CARET = 0x40;

    /// The byte before a control character of Latin-1, U+0080 to U+009F.
    private static final int LATIN = 0xc2;
    private static final int LATIN_CONTROLS_END = 0xa0;

    private boolean latin;

    Printable(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        int c = b & 0xff;
        if (latin) {
            latin = false;
            if (c < LATIN_CONTROLS_END) caret("M-^", c - DELETE - 1);
            else out.write(new byte[] {(byte) LATIN, (byte) c});
        } else if (c == LATIN) {
            latin = true;
        } else if (isControl(c)) {
            caret("^", c);
        } else {
            out.write(c);
        }
    }

    private static boolean isControl(int c) {
        return c == DELETE || c < ESCAPES_END && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    }

    private void caret(String before, int c) throws IOException {
        out.write((before + (char) (c ^ CARET)).getBytes(US_ASCII));
    }
}
