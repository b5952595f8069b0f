import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Rewrites a jar in place: its classes of before Java 6 become such of Java 8. An AOT cache takes no class without the stack maps that came with
/// Java 6 (`Skipping …: Old class has been linked`), and to load and verify picocli's 170 anew is a third of what a gate takes to start.
static final int WITHOUT_STACK_MAPS = 49;
static final int JAVA_8 = 52;

void main(String[] arguments) throws IOException {
    var jar = Path.of(arguments[0]);
    var rewritten = Path.of(jar + ".rewritten");
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
            var from = new JarFile(jar.toFile());
            var to = new ZipOutputStream(Files.newOutputStream(rewritten))) {
        var classes = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.ofClassLoading(loader))));
        for (var entry : Collections.list(from.entries())) {
            var bytes = from.getInputStream(entry).readAllBytes();
            var same = new ZipEntry(entry.getName());
            same.setTimeLocal(entry.getTimeLocal());
            to.putNextEntry(same);
            to.write(entry.getName().endsWith(".class") ? newer(classes, bytes) : bytes);
        }
    }
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
}

byte[] newer(ClassFile classes, byte[] bytes) {
    var read = classes.parse(bytes);
    if (read.majorVersion() > WITHOUT_STACK_MAPS) {
        return bytes;
    }
    return classes.transformClass(
            read,
            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                    .andThen(ClassTransform.dropping(element -> element instanceof ClassFileVersion))
                    .andThen(ClassTransform.endHandler(builder -> builder.withVersion(JAVA_8, 0))));
}
