/// The files a person wrote: name, header, statements, checksum. Knows no database and changes nothing.
/// The door is [Catalogue][dev.lockstep.script.Catalogue].
@NullMarked
package dev.lockstep.script;

import org.jspecify.annotations.NullMarked;
