package dev.lockstep.rebuild;

/// A member with what is around it.
///
/// @param lead space and comments before it
/// @param trail the same between it and its comma
/// @param comma empty between constraints where SQLite lets it be left out
/// @param note a comment behind the comma, or behind the last member, on the same line: it is about this member
record Entry(String lead, Member member, String trail, String comma, String note) {

    Entry with(Member other) {
        return new Entry(lead, other, trail, comma, note);
    }

    /// A neighbour that is indented as this one.
    Entry sibling(Member other) {
        int line = lead.lastIndexOf('\n');
        boolean own = line >= 0 && lead.substring(line).isBlank();
        return new Entry(own ? lead.substring(line) : " ", other, "", ",", "");
    }
}
